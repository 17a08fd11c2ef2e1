package fovea.bias.metrics;

import java.util.Arrays;

/**
 * How evenly something is spread, or how far it is from a reference. Arrays of shares sum to 1 and
 * have a place a category; logarithms are natural, so divergences are in nats.
 */
public final class Balance {
  private Balance() {}

  /** Kullback-Leibler divergence from the reference; infinite where the reference has a hole. */
  public static double klDivergence(double[] observed, double[] reference) {
    double sum = 0;
    for (int i = 0; i < observed.length; i++) {
      sum += observed[i] == 0 ? 0 : observed[i] * Math.log(observed[i] / reference[i]);
    }
    return Math.max(0, sum);
  }

  /** The square root of the Jensen-Shannon divergence: 0 to {@code sqrt(ln 2)}. */
  public static double jensenShannon(double[] observed, double[] reference) {
    double[] middle = new double[observed.length];
    Arrays.setAll(middle, i -> (observed[i] + reference[i]) / 2);
    return Math.sqrt((klDivergence(observed, middle) + klDivergence(reference, middle)) / 2);
  }

  /** Half the sum of absolute differences. */
  public static double totalVariation(double[] observed, double[] reference) {
    double sum = 0;
    for (int i = 0; i < observed.length; i++) {
      sum += Math.abs(observed[i] - reference[i]);
    }
    return sum / 2;
  }

  /** The largest absolute difference. */
  public static double infinityNorm(double[] observed, double[] reference) {
    double most = 0;
    for (int i = 0; i < observed.length; i++) {
      most = Math.max(most, Math.abs(observed[i] - reference[i]));
    }
    return most;
  }

  /** The work to turn one into the other along the categories' order, in steps a unit of mass. */
  public static double wasserstein(double[] observed, double[] reference) {
    double sum = 0;
    double ahead = 0;
    for (int i = 0; i < observed.length; i++) {
      ahead += observed[i] - reference[i];
      sum += Math.abs(ahead);
    }
    return sum;
  }

  /** Pearson's statistic of counts against reference shares. */
  public static double chiSquare(double[] counts, double[] reference) {
    double all = Arrays.stream(counts).sum();
    double sum = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = all * reference[i];
      sum += (counts[i] - expected) * (counts[i] - expected) / expected;
    }
    return sum;
  }

  /** Theil's T of the shares: 0 where even, ln(categories) where all in one. */
  public static double theilT(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      double relative = share * shares.length;
      sum += relative == 0 ? 0 : relative * Math.log(relative);
    }
    return sum / shares.length;
  }

  /** Theil's L of the shares, the mean log deviation; infinite where one is empty. */
  public static double theilL(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum -= Math.log(share * shares.length);
    }
    return sum / shares.length;
  }

  /** Atkinson's index with aversion 1: 1 less the geometric mean over the mean. */
  public static double atkinson(double[] shares) {
    return 1 - Math.exp(-theilL(shares));
  }

  /**
   * Normalised pointwise mutual information of two events (Bouma 2009): -1 never together, 0
   * independent, 1 always together.
   */
  public static double normalisedPmi(double both, double one, double other) {
    if (both == 0) {
      return -1;
    }
    return both == 1 ? 1 : Math.log(both / (one * other)) / -Math.log(both);
  }
}
