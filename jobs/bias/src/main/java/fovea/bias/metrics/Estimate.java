package fovea.bias.metrics;

import fovea.contract.statistics.Interval;
import org.jspecify.annotations.Nullable;

/**
 * One figure of a report, or the reason why there is none.
 *
 * @param value null where too few or undefined
 * @param interval 95%, for proportions and differences of proportions
 * @param count rows the value is computed from (the denominator); null where withheld
 * @param note {@link #TOO_FEW}, or why there is no value; null where there is nothing to say
 * @param independent of a proportion, how many independent rows would say as much as these; null
 *     where all are
 */
public record Estimate(
    @Nullable Double value,
    @Nullable Interval interval,
    @Nullable Long count,
    @Nullable String note,
    @Nullable Double independent) {

  /** A figure whose rows are independent. */
  public Estimate(
      @Nullable Double value,
      @Nullable Interval interval,
      @Nullable Long count,
      @Nullable String note) {
    this(value, interval, count, note, null);
  }

  /** The note of a value that would describe too few people. */
  public static final String TOO_FEW = "too few";

  /** Withheld. */
  public static Estimate tooFew() {
    return new Estimate(null, null, null, TOO_FEW);
  }

  /** The note of a value from which another that is too few would follow. */
  public static final String WITHHELD = "withheld: too few elsewhere would follow";

  /** Withheld because of another group. */
  public static Estimate withheld() {
    return new Estimate(null, null, null, WITHHELD);
  }

  /** Not defined, for example a rate over nobody. */
  public static Estimate undefined(String why) {
    return new Estimate(null, null, null, why);
  }

  /** A figure without an interval. */
  public static Estimate of(double value, long count) {
    return new Estimate(value, null, count, null);
  }

  /**
   * A proportion with Wilson's 95% interval; too few below the smallest cell, undefined over
   * nobody.
   *
   * @param why what is missing where {@code trials} is 0, for example {@code no positive labels}
   */
  public static Estimate proportion(long successes, long trials, long smallest, String why) {
    if (trials == 0) {
      return undefined("undefined: " + why);
    }
    if (trials < smallest) {
      return tooFew();
    }
    double proportion = (double) successes / trials;
    return new Estimate(
        proportion, Interval.wilson(proportion, trials, Interval.Z95), trials, null);
  }

  /** Whether it is withheld because of the smallest cell. */
  public boolean isTooFew() {
    return TOO_FEW.equals(note);
  }

  /** Whether it is withheld because another group would follow. */
  public boolean isWithheld() {
    return WITHHELD.equals(note);
  }

  /** Whether it is a proportion: a value with an interval and its denominator. */
  public boolean isProportion() {
    return value != null && interval != null && count != null;
  }

  /**
   * The same proportion where rows depend on each other: at worst, the rows of a patient are all
   * the same, and only patients count.
   *
   * @param share patients over rows
   */
  public Estimate ofPatients(double share) {
    Double proportion = value;
    Long rows = count;
    if (proportion == null || rows == null || interval == null) {
      return this;
    }
    double fewer = Math.max(1, rows * Math.min(1, share));
    return new Estimate(
        proportion, Interval.wilson(proportion, fewer, Interval.Z95), rows, note, fewer);
  }

  /** The same figure with another interval. */
  public Estimate within(@Nullable Interval other) {
    return new Estimate(value, other, count, note, independent);
  }

  Estimate withNote(@Nullable String other) {
    return other == null ? this : new Estimate(value, interval, count, other, independent);
  }
}
