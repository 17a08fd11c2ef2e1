package fovea.bias.inference;

import fovea.bias.metrics.Matrix;
import fovea.bias.metrics.Tally;
import fovea.contract.statistics.Levels;

/** One group's outcomes in one resample: a piece of an array of counts. */
final class Sample implements Tally {
  private final Matrix matrix;
  private final Levels levels;

  Sample(Scheme scheme, long[] counts, int from) {
    int classes = scheme.classes();
    int bins = scheme.bins();
    matrix = new Matrix(classes);
    long[] negatives = new long[bins - 1];
    long[] positives = new long[bins - 1];
    for (int label = 0; label < classes; label++) {
      for (int prediction = 0; prediction < classes; prediction++) {
        int start = from + (label * classes + prediction) * bins;
        long sum = 0;
        for (int bin = 0; bin < bins; bin++) {
          sum += counts[start + bin];
          if (bin < bins - 1) {
            (label == 0 ? negatives : positives)[bin] += counts[start + bin];
          }
        }
        matrix.add(label, prediction, sum);
      }
    }
    levels = bins == 1 ? Levels.NONE : new Levels(scheme.means(), negatives, positives);
  }

  @Override
  public Matrix matrix() {
    return matrix;
  }

  @Override
  public Levels levels() {
    return levels;
  }
}
