package fovea.bias.metrics;

import fovea.contract.statistics.Interval;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Published counts are multiples of a base: each goes up or down at random, with the chance that
 * makes it right on average (random rounding, as Statistics Canada and New Zealand publish). The
 * draw follows from all counts of the group, so it is the same for the same group and another one
 * where a patient came or went. Rates are made of rounded counts.
 *
 * <p>What is guaranteed: of two reports over cohorts that differ by one patient, any two rounded
 * tables of labels and predictions of a group can come from that patient having been positive or
 * negative, found or missed: no pair of them tells which. What is not: protection against someone
 * who knows everybody else's rows and this program (the draw can be repeated), against averaging
 * many reports or many attributes, of whether somebody is in the cohort, and of figures made from
 * scores (AUC, Brier score and the like), design effects and p-values, which come from exact
 * counts, the former to three digits. A group all of whose rows agree still says so, roughly. This
 * is not differential privacy.
 *
 * @param base 1 leaves counts exact
 */
public record Rounding(int base) {
  /** Exact counts. */
  public static final Rounding NONE = new Rounding(1);

  private static final double DIGITS = 1000;
  private static final int FEW = 4;

  /** Whether counts stay as they are. */
  public boolean isExact() {
    return base == 1;
  }

  /**
   * A group's table.
   *
   * @param name of attribute, group and event: other groups with equal counts have draws of their
   *     own
   */
  public Matrix of(Matrix exact, String name) {
    if (isExact()) {
      return exact;
    }
    long key = mix(name.hashCode());
    for (int label = 0; label < exact.classes(); label++) {
      for (int prediction = 0; prediction < exact.classes(); prediction++) {
        key = mix(key + exact.rows(label, prediction));
      }
    }
    Matrix rounded = new Matrix(exact.classes());
    for (int label = 0; label < exact.classes(); label++) {
      for (int prediction = 0; prediction < exact.classes(); prediction++) {
        key = mix(key + 1);
        rounded.add(label, prediction, of(exact.rows(label, prediction), key));
      }
    }
    return rounded;
  }

  /** Counts of label 0 and 1. */
  public long[] of(long negatives, long positives, String name) {
    Matrix rounded = of(new Matrix(2).add(0, 0, negatives).add(1, 1, positives), name);
    return new long[] {rounded.rows(0, 0), rounded.rows(1, 1)};
  }

  /** Counts of categories; the draw follows from all of them. */
  Map<String, Long> of(Map<String, Long> exact, String name) {
    long key = mix(name.hashCode());
    for (Map.Entry<String, Long> category : exact.entrySet()) {
      key = mix(key + category.getKey().hashCode()) + category.getValue();
    }
    Map<String, Long> rounded = new TreeMap<>();
    for (Map.Entry<String, Long> category : exact.entrySet()) {
      key = mix(key + 1);
      rounded.put(category.getKey(), of(category.getValue(), key));
    }
    return rounded;
  }

  /** A figure made of exact scores, to three digits, its interval too. */
  public Estimate figure(Estimate exact) {
    Double value = exact.value();
    return isExact() || value == null
        ? exact
        : new Estimate(digits(value), figure(exact.interval()), exact.count(), exact.note());
  }

  /** An interval to three digits. */
  public @Nullable Interval figure(@Nullable Interval interval) {
    return isExact() || interval == null
        ? interval
        : new Interval(digits(interval.lower()), digits(interval.upper()));
  }

  /** Three digits, where counts are rounded. */
  public double digits(double value) {
    return isExact() || !Double.isFinite(value) ? value : Math.round(value * DIGITS) / DIGITS;
  }

  /**
   * How many rows a rate of rounded counts is worth, so that its interval covers the rounding: each
   * of at most two counts in the numerator and two beside it errs by {@code (base^2 - 1) / 6}, the
   * mean variance over all remainders, and three times that where a count is a few bases only, as
   * it then is not normal.
   *
   * @param rate of rounded counts
   * @param rows rounded, that it is out of
   * @param independent as many as they are worth without rounding
   */
  public double independent(double rate, double rows, double independent) {
    if (isExact()) {
      return independent;
    }
    // One success and one failure more, so that a rate of 0 or 1 has a variance.
    double inside = (rate * rows + 1) / (rows + 2);
    double variance = inside * (1 - inside) / independent;
    double counts = Math.min(rate, 1 - rate) * rows;
    double spread = (double) base * base - 1;
    double error = counts <= FEW * base ? spread : spread / 3;
    double noise = error * (inside * inside + (1 - inside) * (1 - inside)) / (rows * rows);
    return independent * variance / (variance + noise);
  }

  long of(long count, long key) {
    long below = count / base * base;
    double chance = (double) (count - below) / base;
    return (mix(key) >>> 11) * 0x1.0p-53 < chance ? below + base : below;
  }

  // The finaliser of SplittableRandom.
  private static long mix(long z) {
    long mixed = z + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
