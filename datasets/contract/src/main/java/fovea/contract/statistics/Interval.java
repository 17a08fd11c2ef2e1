package fovea.contract.statistics;

import java.io.Serializable;

/** A confidence interval, both ends included. */
public record Interval(double lower, double upper) implements Serializable {

  /** The standard normal quantile of a two-sided 95% interval. */
  public static final double Z95 = 1.959963984540054;

  /**
   * Wilson's score interval of a proportion (Wilson 1927), which stays inside 0 to 1 and does not
   * collapse at 0 or 1.
   *
   * @param proportion successes / trials
   * @param trials independent ones; of rows that depend on each other, their effective number; of
   *     none the interval is 0 to 1
   * @param z normal quantile, {@link #Z95} for 95%
   */
  public static Interval wilson(double proportion, double trials, double z) {
    if (!(trials > 0)) {
      return new Interval(0, 1);
    }
    double n = trials;
    double shrink = 1 + z * z / n;
    double centre = (proportion + z * z / (2 * n)) / shrink;
    double half = z / shrink * Math.sqrt(proportion * (1 - proportion) / n + z * z / (4 * n * n));
    return new Interval(
        proportion == 0 ? 0 : Math.max(0, centre - half),
        proportion == 1 ? 1 : Math.min(1, centre + half));
  }

  /**
   * The interval of {@code a - b} for two independent proportions (Newcombe 1998, method 10: from
   * the two Wilson intervals).
   */
  public static Interval newcombe(double a, double trialsA, double b, double trialsB, double z) {
    Interval ofA = wilson(a, trialsA, z);
    Interval ofB = wilson(b, trialsB, z);
    return new Interval(
        a - b - Math.hypot(a - ofA.lower, ofB.upper - b),
        a - b + Math.hypot(ofA.upper - a, b - ofB.lower));
  }

  /**
   * The normal quantile of a two-sided 95% interval that holds for several comparisons at once
   * (Bonferroni: each at 1 - 0.05 / comparisons).
   */
  public static double zFor(long comparisons) {
    return comparisons <= 1 ? Z95 : upperQuantile(0.025 / comparisons);
  }

  // Abramowitz and Stegun 26.2.23, error below 4.5e-4: far below what an interval can resolve.
  private static double upperQuantile(double tail) {
    double t = Math.sqrt(-2 * Math.log(tail));
    return t
        - (2.515517 + 0.802853 * t + 0.010328 * t * t)
            / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  }

  /** Normal on the scale itself. */
  public static Interval normal(double value, double deviation, double z) {
    return new Interval(value - z * deviation, value + z * deviation);
  }

  /** Normal on the logit scale, for a value from 0 to 1: inside 0 to 1 and skewed near its ends. */
  public static Interval logit(double value, double deviation, double z) {
    if (value <= 0 || value >= 1) {
      Interval plain = normal(value, deviation, z);
      return new Interval(Math.max(0, plain.lower), Math.min(1, plain.upper));
    }
    double centre = Math.log(value / (1 - value));
    double half = z * deviation / (value * (1 - value));
    return new Interval(expit(centre - half), expit(centre + half));
  }

  private static double expit(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Whether a value lies inside. */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }
}
