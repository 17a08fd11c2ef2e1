package fovea.bias.inference;

import fovea.contract.statistics.Levels;
import java.util.Arrays;

/** What it costs that rows come in patients, as they were observed; the last group is all rows. */
final class Effects {
  private final Evaluator evaluator;
  private final int[] rateOf;
  private final Clusters[] clusters;
  private final long[] patients;
  private final Sample[] samples;
  private final boolean clustered;

  Effects(Cohort cohort, Evaluator evaluator) {
    this.evaluator = evaluator;
    int groups = cohort.groups().size();
    int outcomes = cohort.scheme().outcomes();
    int[] rates = evaluator.rates();
    rateOf = new int[evaluator.size()];
    Arrays.fill(rateOf, -1);
    for (int r = 0; r < rates.length; r++) {
      rateOf[rates[r]] = r;
    }
    boolean[][] trials = evaluator.trials();
    boolean[][] successes = evaluator.successes();
    clusters = new Clusters[groups + 1];
    Arrays.setAll(clusters, g -> new Clusters(rates.length));
    patients = new long[groups + 1];
    boolean several = false;
    for (int i = 0; i < cohort.size(); i++) {
      int[] cells = cohort.pattern(i);
      long times = cohort.patients(i);
      several |= cells.length > 1;
      int[] in = Arrays.stream(cells).map(c -> c / outcomes).toArray();
      int[] out = Arrays.stream(cells).map(c -> c % outcomes).toArray();
      Arrays.stream(in).distinct().forEach(g -> patients[g] += times);
      Patient.each(in, out, trials, successes, (g, r, s, n) -> clusters[g].add(r, s, n, times));
      int[] together = new int[in.length];
      Arrays.fill(together, groups);
      Patient.each(
          together, out, trials, successes, (g, r, s, n) -> clusters[g].add(r, s, n, times));
      patients[groups] += times;
    }
    clustered = several;
    samples = samples(cohort, groups, outcomes);
  }

  private Sample[] samples(Cohort cohort, int groups, int outcomes) {
    long[] counts = Arrays.copyOf(cohort.observed(), (groups + 1) * outcomes);
    for (int i = 0; i < groups * outcomes; i++) {
      counts[groups * outcomes + i % outcomes] += counts[i];
    }
    Sample[] all = new Sample[groups + 1];
    Arrays.setAll(all, g -> evaluator.sample(counts, g));
    return all;
  }

  /** Patients with a row in a group. */
  long patients(int group) {
    return patients[group];
  }

  /** How many rows are worth one independent row in a rate: never less than one. */
  double design(int group, int measure) {
    double n = Math.max(2, patients[group]);
    return clustered ? Math.max(1, clusters[group].designEffect(rateOf[measure]) * n / (n - 1)) : 1;
  }

  /**
   * DeLong's variance of a group's AUC over all its scores, widened as much as a bootstrap of
   * patients is wider than DeLong's over the same bins; NaN where there is none.
   */
  double areaVariance(Levels exact, int group, double deviation) {
    double binned = samples[group].levels().aucVariance();
    double factor = clustered ? Math.max(1, deviation * deviation / binned) : 1;
    return exact.aucVariance() * (Double.isFinite(factor) ? factor : 1);
  }
}
