package fovea.bias.inference;

import java.util.Arrays;

/**
 * How much a rate's variance grows because rows come in patients (the design effect, from the
 * patients' residuals of the ratio estimate): sums over patients of successes and trials, squared.
 */
final class Clusters {
  private final double[][] sums;

  /** For so many rates; all sums zero. */
  Clusters(int rates) {
    sums = new double[rates][5];
  }

  void clear() {
    for (double[] rate : sums) {
      Arrays.fill(rate, 0);
    }
  }

  /** Adds patients alike: how many rows each has in a rate. */
  void add(int rate, int successes, int trials, long patients) {
    double[] sum = sums[rate];
    sum[0] += (double) patients * successes;
    sum[1] += (double) patients * trials;
    sum[2] += (double) patients * successes * successes;
    sum[3] += (double) patients * successes * trials;
    sum[4] += (double) patients * trials * trials;
  }

  /** 1 where patients are no more alike within themselves than between each other. */
  double designEffect(int rate) {
    double[] sum = sums[rate];
    double mean = sum[0] / sum[1];
    double spread = sum[1] * mean * (1 - mean);
    if (spread <= 0) {
      // Nothing varies, so nothing can be learnt: as if a patient's rows were all the same.
      return sum[1] == 0 ? 1 : sum[4] / sum[1];
    }
    return (sum[2] - 2 * mean * sum[3] + mean * mean * sum[4]) / spread;
  }
}
