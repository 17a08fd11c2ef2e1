package fovea.bias.metrics;

import fovea.contract.statistics.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One metric over the groups of one attribute, as Fairlearn's {@code MetricFrame} has it.
 *
 * @param metric its name
 * @param overall over all rows together
 * @param byGroup group to figure, in name order, {@link #UNKNOWN} last
 * @param difference largest minus smallest group; for proportions with Newcombe's 95% interval,
 *     widened to hold for every pair, metric and attribute compared beside it (Bonferroni)
 * @param ratio smallest over largest group
 * @param differenceToOverall the largest distance of a group from all rows together
 * @param ratioToOverall the smallest ratio of a group and all rows together, the smaller on top
 * @param highest the group with the largest value; null where nothing can be compared
 * @param lowest the group with the smallest value
 * @param evidence how likely a gap like the largest is where groups are equal; null where untested
 */
public record MetricFrame(
    String metric,
    Estimate overall,
    SortedMap<String, Estimate> byGroup,
    Estimate difference,
    Estimate ratio,
    Estimate differenceToOverall,
    Estimate ratioToOverall,
    @Nullable String highest,
    @Nullable String lowest,
    @Nullable Evidence evidence) {

  /** The group of rows without a value; shown, but compared with no other, as in Fairlearn. */
  public static final String UNKNOWN = "unknown";

  /**
   * Compares the groups that have a value.
   *
   * @param family how many metrics and attributes are compared beside each other
   */
  public static MetricFrame of(
      String metric, Estimate overall, Map<String, Estimate> groups, long family) {
    SortedMap<String, Estimate> byGroup = new TreeMap<>(inOrder());
    byGroup.putAll(groups);
    Map<String, Double> values = new TreeMap<>();
    List<String> left = new ArrayList<>();
    byGroup.forEach(
        (group, estimate) -> {
          Double value = estimate.value();
          if (value == null || group.equals(UNKNOWN)) {
            left.add(group + " (" + reason(group, estimate) + ")");
          } else {
            values.put(group, value);
          }
        });
    String note = left.isEmpty() ? null : "without " + String.join(", ", left);
    if (values.size() < 2) {
      Estimate none = Estimate.undefined("fewer than two groups to compare" + tail(note));
      return new MetricFrame(metric, overall, byGroup, none, none, none, none, null, null, null);
    }
    String highest = Collections.max(values.entrySet(), byValue(-1)).getKey();
    String lowest = Collections.min(values.entrySet(), byValue(1)).getKey();
    long comparisons = family * values.size() * (values.size() - 1L) / 2;
    Estimate most = groups.getOrDefault(highest, overall);
    Estimate least = groups.getOrDefault(lowest, overall);
    return new MetricFrame(
        metric,
        overall,
        byGroup,
        difference(most, least, comparisons).withNote(note),
        ratio(number(least), number(most)).withNote(note),
        farthest(values.values(), overall).withNote(note),
        leastLike(values.values(), overall).withNote(note),
        highest,
        lowest,
        null);
  }

  /** The figure of a group; undefined where there is no such group. */
  public Estimate group(String name) {
    return byGroup.getOrDefault(name, Estimate.undefined("no rows"));
  }

  /** The same figures with other intervals and with evidence. */
  public MetricFrame with(
      Estimate overall,
      SortedMap<String, Estimate> byGroup,
      Estimate difference,
      Estimate ratio,
      @Nullable Evidence evidence) {
    return new MetricFrame(
        metric,
        overall,
        byGroup,
        difference,
        ratio,
        differenceToOverall,
        ratioToOverall,
        highest,
        lowest,
        evidence);
  }

  /**
   * Whether the difference is larger than chance explains: the adjusted p-value is below 5%, or,
   * untested, the interval leaves out zero.
   */
  public boolean clear() {
    if (evidence != null) {
      return evidence.holm() < Evidence.LEVEL;
    }
    Interval interval = difference.interval();
    return interval != null && !interval.contains(0);
  }

  /** Groups in name order, {@link #UNKNOWN} last. */
  public static Comparator<String> inOrder() {
    return Comparator.<String, Boolean>comparing(UNKNOWN::equals)
        .thenComparing(Comparator.naturalOrder());
  }

  private static String reason(String group, Estimate estimate) {
    if (group.equals(UNKNOWN)) {
      return "not a group";
    }
    if (estimate.isWithheld()) {
      return "withheld";
    }
    return estimate.isTooFew() ? Estimate.TOO_FEW : "undefined";
  }

  private static String tail(@Nullable String note) {
    return note == null ? "" : ", " + note;
  }

  // Of equal values the first name wins, for highest and lowest alike.
  private static Comparator<Map.Entry<String, Double>> byValue(int names) {
    return Map.Entry.<String, Double>comparingByValue()
        .thenComparing((a, b) -> names * a.getKey().compareTo(b.getKey()));
  }

  private static Estimate difference(Estimate most, Estimate least, long comparisons) {
    double high = number(most);
    double low = number(least);
    Interval interval =
        most.isProportion() && least.isProportion()
            ? Interval.newcombe(high, rows(most), low, rows(least), Interval.zFor(comparisons))
            : null;
    return new Estimate(high - low, interval, null, null);
  }

  private static Estimate ratio(double least, double most) {
    return most == 0
        ? Estimate.undefined("undefined: every group is 0")
        : new Estimate(least / most, null, null, null);
  }

  private static Estimate farthest(Collection<Double> values, Estimate overall) {
    double all = number(overall);
    double most = values.stream().mapToDouble(v -> Math.abs(v - all)).max().orElse(Double.NaN);
    return Double.isNaN(most)
        ? Estimate.undefined("no figure over all rows")
        : new Estimate(most, null, null, null);
  }

  private static Estimate leastLike(Collection<Double> values, Estimate overall) {
    double all = number(overall);
    double least =
        values.stream()
            .mapToDouble(v -> Math.min(v, all) / Math.max(v, all))
            .min()
            .orElse(Double.NaN);
    return Double.isNaN(least)
        ? Estimate.undefined("undefined: every group is 0")
        : new Estimate(least, null, null, null);
  }

  private static double number(Estimate estimate) {
    Double value = estimate.value();
    return value == null ? Double.NaN : value;
  }

  private static double rows(Estimate estimate) {
    Double independent = estimate.independent();
    Long count = estimate.count();
    return independent != null ? independent : count == null ? 0 : count;
  }
}
