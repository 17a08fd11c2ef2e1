package fovea.bias.inference;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Resamples patients with all their rows. Patients alike are drawn at once: as many as a Poisson
 * number of the mean there were (Hanley and MacGibbon 2006), so the work does not grow with
 * patients.
 */
final class Bootstrap {
  // Where fewer resamples have a value, its spread is not known.
  private static final double ENOUGH = 0.9;

  private final int groups;
  // replicate, group (the last is all rows together), measure
  private final double[][][] drawn;
  private final double[][] observed;

  Bootstrap(Cohort cohort, Evaluator evaluator, int replicates, long seed) {
    groups = cohort.groups().size();
    observed = values(cohort, evaluator, cohort.observed());
    drawn =
        IntStream.range(0, replicates)
            .parallel()
            .mapToObj(r -> values(cohort, evaluator, resample(cohort, new Draws(seed, r))))
            .toArray(double[][][]::new);
  }

  private static long[] resample(Cohort cohort, Draws draws) {
    long[] counts = new long[cohort.groups().size() * cohort.scheme().outcomes()];
    for (int i = 0; i < cohort.size(); i++) {
      long times = draws.poisson(cohort.patients(i));
      if (times > 0) {
        for (int cell : cohort.pattern(i)) {
          counts[cell] += times;
        }
      }
    }
    return counts;
  }

  private static double[][] values(Cohort cohort, Evaluator evaluator, long[] counts) {
    int groups = cohort.groups().size();
    int outcomes = cohort.scheme().outcomes();
    double[][] values = new double[groups + 1][];
    long[] all = new long[outcomes];
    for (int g = 0; g < groups; g++) {
      values[g] = evaluator.values(evaluator.sample(counts, g));
      for (int i = 0; i < outcomes; i++) {
        all[i] += counts[g * outcomes + i];
      }
    }
    values[groups] = evaluator.values(evaluator.sample(all, 0));
    return values;
  }

  /** The place of all rows together. */
  int all() {
    return groups;
  }

  /** The standard deviation of a figure; NaN where too few resamples have one. */
  double deviation(int group, int measure) {
    return deviation(IntStream.range(0, drawn.length).mapToDouble(r -> drawn[r][group][measure]));
  }

  /** The standard deviation of the difference of two groups. */
  double deviation(int a, int b, int measure) {
    return deviation(
        IntStream.range(0, drawn.length)
            .mapToDouble(r -> drawn[r][a][measure] - drawn[r][b][measure]));
  }

  /** The standard deviation of the logarithm of the ratio of two groups. */
  double logDeviation(int a, int b, int measure) {
    return deviation(
        IntStream.range(0, drawn.length)
            .mapToDouble(r -> Math.log(drawn[r][a][measure] / drawn[r][b][measure])));
  }

  /**
   * How many standard deviations hold every pair's difference at once in 95 of 100 resamples: the
   * largest gap is picked among all pairs, and its interval has to survive that.
   */
  double simultaneous(int measure, int[] compared) {
    double[] largest = new double[drawn.length];
    for (int i = 0; i < compared.length; i++) {
      for (int j = i + 1; j < compared.length; j++) {
        int a = compared[i];
        int b = compared[j];
        double deviation = deviation(a, b, measure);
        double centre = observed[a][measure] - observed[b][measure];
        if (!(deviation > 0)) {
          continue;
        }
        for (int r = 0; r < drawn.length; r++) {
          double off = Math.abs(drawn[r][a][measure] - drawn[r][b][measure] - centre) / deviation;
          largest[r] = off > largest[r] ? off : largest[r];
        }
      }
    }
    Arrays.sort(largest);
    return largest[(int) Math.ceil(0.95 * largest.length) - 1];
  }

  private double deviation(java.util.stream.DoubleStream values) {
    double[] finite = values.filter(Double::isFinite).toArray();
    if (finite.length < ENOUGH * drawn.length || finite.length < 2) {
      return Double.NaN;
    }
    double mean = Arrays.stream(finite).sum() / finite.length;
    double squares = Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (finite.length - 1));
  }
}
