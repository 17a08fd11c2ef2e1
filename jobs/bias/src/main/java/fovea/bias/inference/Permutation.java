package fovea.bias.inference;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Is the largest gap larger than chance explains? Patients are dealt out to the groups anew and the
 * largest gap, in its own standard errors, is compared with those. In standard errors, so that the
 * test stays valid where groups differ in other ways, for example in base rate (DiCiccio et al.,
 * KDD 2020, after Chung and Romano 2013).
 */
final class Permutation {
  private final Evaluator evaluator;
  private final int groups;
  private final int outcomes;
  private final boolean[][] compared;
  private final Deal deal;
  private final boolean clustered;
  private final int[] rates;
  private final boolean[][] trials;
  private final boolean[][] successes;
  // rate, bundle: how many rows of a patient count
  private final int[][] bundleTrials;
  private final int[][] bundleSuccesses;

  /**
   * Prepares.
   *
   * @param eligible groups that are dealt to
   * @param compared by measure, the groups whose gaps count
   */
  Permutation(Cohort cohort, Evaluator evaluator, boolean[] eligible, boolean[][] compared) {
    this.evaluator = evaluator;
    this.groups = cohort.groups().size();
    this.outcomes = cohort.scheme().outcomes();
    this.compared = compared;
    this.deal = new Deal(cohort, eligible);
    this.clustered = deal.clustered();
    this.rates = evaluator.rates();
    this.trials = evaluator.trials();
    this.successes = evaluator.successes();
    this.bundleTrials = inBundles(trials);
    this.bundleSuccesses = inBundles(successes);
  }

  /** The p-value of each measure; NaN where nothing is compared. */
  double[] pValues(Cohort cohort, int replicates, long seed) {
    double[] observed = observed(cohort);
    double[][] drawn =
        IntStream.range(0, replicates)
            .parallel()
            .mapToObj(r -> statistics(draw(new Draws(seed, r))))
            .toArray(double[][]::new);
    double[] p = new double[observed.length];
    for (int m = 0; m < p.length; m++) {
      int measure = m;
      double[] column = Arrays.stream(drawn).mapToDouble(d -> d[measure]).toArray();
      p[m] = Double.isNaN(observed[m]) ? Double.NaN : Multiplicity.rank(observed[m], column);
    }
    return p;
  }

  private double[] observed(Cohort cohort) {
    Dealt dealt = new Dealt();
    for (int i = 0; i < cohort.size(); i++) {
      int[] cells = cohort.pattern(i);
      int[] in = Arrays.stream(cells).map(c -> c / outcomes).toArray();
      int[] out = Arrays.stream(cells).map(c -> c % outcomes).toArray();
      dealt.receive(-1, in, out, cohort.patients(i));
    }
    return statistics(dealt);
  }

  private Dealt draw(Draws draws) {
    Dealt dealt = new Dealt();
    deal.draw(draws, dealt);
    return dealt;
  }

  private double[] statistics(Dealt dealt) {
    double[][] values = new double[groups][];
    double[][] variances = new double[groups][evaluator.size()];
    for (int g = 0; g < groups; g++) {
      Sample sample = evaluator.sample(dealt.counts, g);
      values[g] = evaluator.values(sample);
      for (int m = 0; m < evaluator.size(); m++) {
        variances[g][m] = compared[m][g] ? evaluator.variance(m, sample) : Double.NaN;
      }
      for (int r = 0; clustered && r < rates.length; r++) {
        variances[g][rates[r]] *= dealt.clusters[g].designEffect(r);
      }
    }
    double[] largest = new double[evaluator.size()];
    for (int m = 0; m < largest.length; m++) {
      largest[m] = largest(m, values, variances);
    }
    return largest;
  }

  private double largest(int m, double[][] values, double[][] variances) {
    double largest = Double.NaN;
    for (int a = 0; a < groups; a++) {
      for (int b = a + 1; b < groups; b++) {
        if (compared[m][a] && compared[m][b]) {
          double gap = Math.abs(values[a][m] - values[b][m]);
          double error = Math.sqrt(variances[a][m] + variances[b][m]);
          double statistic = gap == 0 ? 0 : gap / Math.max(error, 1e-12);
          // A group without positives has no rate this time, and no gap.
          largest = statistic > largest || Double.isNaN(largest) ? statistic : largest;
        }
      }
    }
    return largest;
  }

  private int[][] inBundles(boolean[][] flags) {
    return Arrays.stream(flags)
        .map(f -> deal.bundles().stream().mapToInt(b -> among(b, f)).toArray())
        .toArray(int[][]::new);
  }

  private static int among(int[] rows, boolean[] flags) {
    int sum = 0;
    for (int row : rows) {
      sum += flags[row] ? 1 : 0;
    }
    return sum;
  }

  private final class Dealt implements Deal.Receiver {
    private final long[] counts = new long[groups * outcomes];
    private final Clusters[] clusters = new Clusters[clustered ? groups : 0];

    Dealt() {
      Arrays.setAll(clusters, g -> new Clusters(rates.length));
    }

    @Override
    public void receive(int bundle, int[] in, int[] out, long patients) {
      for (int i = 0; i < out.length; i++) {
        counts[in[bundle < 0 ? i : 0] * outcomes + out[i]] += patients;
      }
      if (!clustered) {
        return;
      }
      if (bundle >= 0) {
        for (int r = 0; r < rates.length; r++) {
          clusters[in[0]].add(r, bundleSuccesses[r][bundle], bundleTrials[r][bundle], patients);
        }
        return;
      }
      Patient.each(in, out, trials, successes, (g, r, s, n) -> clusters[g].add(r, s, n, patients));
    }
  }
}
