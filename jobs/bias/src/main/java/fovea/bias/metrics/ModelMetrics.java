package fovea.bias.metrics;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** What a model does to groups: every {@link Metric} by group, and Fairlearn's fairness figures. */
public final class ModelMetrics {
  // Missed, false alarms, selection, precision: the other rates follow from these.
  private static final long SEPARATE_METRICS = 4;

  private ModelMetrics() {}

  /**
   * Computes a section.
   *
   * @param counts attribute to group to statistics; every attribute covers the same rows
   * @param smallest fewer people than that make a figure {@code too few}
   */
  public static Section section(Map<String, Map<String, GroupCounts>> counts, long smallest) {
    GroupCounts all = new GroupCounts();
    counts.values().stream().findFirst().ifPresent(groups -> groups.values().forEach(all::add));
    Map<String, Estimate> overall = new LinkedHashMap<>();
    for (Metric metric : metrics(all)) {
      overall.put(metric.word(), metric.of(all, smallest));
    }
    List<AttributeFrames> attributes = new ArrayList<>();
    long family = SEPARATE_METRICS * counts.size();
    counts.forEach((name, groups) -> attributes.add(frames(name, groups, all, smallest, family)));
    return new Section(Section.MODEL, overall, attributes);
  }

  private static EnumSet<Metric> metrics(GroupCounts all) {
    EnumSet<Metric> metrics = EnumSet.allOf(Metric.class);
    if (all.scores().isEmpty()) {
      metrics.removeIf(Metric::needsScore);
    }
    return metrics;
  }

  private static AttributeFrames frames(
      String attribute,
      Map<String, GroupCounts> groups,
      GroupCounts all,
      long smallest,
      long family) {
    Map<String, MetricFrame> frames = new LinkedHashMap<>();
    for (Metric metric : metrics(all)) {
      Map<String, Estimate> byGroup = new TreeMap<>();
      groups.forEach((group, counts) -> byGroup.put(group, metric.of(counts, smallest)));
      frames.put(
          metric.word(), MetricFrame.of(metric.word(), metric.of(all, smallest), byGroup, family));
    }
    return new AttributeFrames(attribute, List.copyOf(frames.values()), fairness(frames));
  }

  // The definitions of fairlearn.metrics with method="between_groups", agg="worst_case".
  private static Map<String, Estimate> fairness(Map<String, MetricFrame> frames) {
    MetricFrame selection = frame(frames, Metric.SELECTION_RATE);
    MetricFrame tpr = frame(frames, Metric.TRUE_POSITIVE_RATE);
    MetricFrame fpr = frame(frames, Metric.FALSE_POSITIVE_RATE);
    Map<String, Estimate> fairness = new LinkedHashMap<>();
    fairness.put("demographic_parity_difference", selection.difference());
    fairness.put("demographic_parity_ratio", selection.ratio());
    fairness.put("equalized_odds_difference", worst(tpr.difference(), fpr.difference(), Math::max));
    fairness.put("equalized_odds_ratio", worst(tpr.ratio(), fpr.ratio(), Math::min));
    fairness.put("equal_opportunity_difference", tpr.difference());
    fairness.put("equal_opportunity_ratio", tpr.ratio());
    return fairness;
  }

  private static MetricFrame frame(Map<String, MetricFrame> frames, Metric metric) {
    return java.util.Objects.requireNonNull(frames.get(metric.word()));
  }

  private static Estimate worst(Estimate a, Estimate b, BinaryOperator<Double> choice) {
    Double first = a.value();
    Double second = b.value();
    if (first == null || second == null) {
      return first == null ? a : b;
    }
    return choice.apply(first, second).equals(first) ? a : b;
  }
}
