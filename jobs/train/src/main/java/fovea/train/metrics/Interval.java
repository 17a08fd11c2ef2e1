package fovea.train.metrics;

import java.io.Serializable;

/** A 95% confidence interval of a share, both ends included. */
public record Interval(double lower, double upper) implements Serializable {
  /** The standard normal quantile of a two-sided 95% interval. */
  static final double Z = 1.959963984540054;

  /**
   * Wilson's score interval (Wilson 1927), which stays inside 0 to 1 and does not collapse there.
   *
   * @param share successes / trials
   * @param trials independent ones, or their effective number; of none the interval is 0 to 1
   */
  static Interval wilson(double share, double trials) {
    if (trials <= 0) {
      return new Interval(0, 1);
    }
    double shrink = 1 + Z * Z / trials;
    double centre = (share + Z * Z / (2 * trials)) / shrink;
    double half =
        Z / shrink * Math.sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials));
    return new Interval(
        share == 0 ? 0 : Math.max(0, centre - half), share == 1 ? 1 : Math.min(1, centre + half));
  }

  /** Normal on the logit scale: inside 0 to 1, and wider towards the middle. */
  static Interval logit(double value, double deviation) {
    if (value <= 0 || value >= 1) {
      return new Interval(value, value);
    }
    double centre = Math.log(value / (1 - value));
    double half = Z * deviation / (value * (1 - value));
    return new Interval(expit(centre - half), expit(centre + half));
  }

  private static double expit(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
