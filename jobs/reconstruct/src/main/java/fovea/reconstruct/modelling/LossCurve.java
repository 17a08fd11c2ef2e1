package fovea.reconstruct.modelling;

/** The loss over training, as means of at most 150 stretches. */
final class LossCurve {
  private static final int STRETCHES = 150;

  private final int iterations;
  private final double[] sums;
  private final int[] counts;

  LossCurve(int iterations) {
    this.iterations = iterations;
    sums = new double[Math.min(STRETCHES, iterations)];
    counts = new int[sums.length];
  }

  void add(int iteration, double loss) {
    int at = (int) ((iteration - 1L) * sums.length / iterations);
    sums[at] += loss;
    counts[at]++;
  }

  int iterations() {
    return iterations;
  }

  double[] means() {
    double[] means = new double[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = counts[i] == 0 ? 0 : sums[i] / counts[i];
    }
    return means;
  }
}
