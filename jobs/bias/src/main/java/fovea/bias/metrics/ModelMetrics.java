package fovea.bias.metrics;

import java.util.ArrayList;
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
    return section(counts, smallest, List.of());
  }

  /**
   * Computes a section, with the rates at further thresholds of the score.
   *
   * @param counts attribute to group to statistics; every attribute covers the same rows
   * @param smallest fewer people than that make a figure {@code too few}
   * @param thresholds from 0 to 1; {@code true_positive_rate@0.3} and the like are their metrics
   */
  public static Section section(
      Map<String, Map<String, GroupCounts>> counts, long smallest, List<Double> thresholds) {
    return section(counts, smallest, thresholds, Rounding.NONE);
  }

  /**
   * Computes a section from rounded counts. All rows together are the sum of the first attribute's
   * groups, rounded.
   *
   * @param counts attribute to group to statistics; every attribute covers the same rows
   * @param smallest fewer people than that make a figure {@code too few}
   * @param thresholds from 0 to 1; {@code true_positive_rate@0.3} and the like are their metrics
   */
  public static Section section(
      Map<String, Map<String, GroupCounts>> counts,
      long smallest,
      List<Double> thresholds,
      Rounding rounding) {
    GroupCounts all = all(counts);
    List<Measure> measures = Measure.of(all, thresholds);
    Map<String, Estimate> overall = new LinkedHashMap<>();
    for (Measure measure : measures) {
      Matrix sum = sum(counts, measure.event(), rounding);
      overall.put(
          measure.word(),
          measure.published(measure.of(all, smallest), sum, all.levels(), rounding));
    }
    List<AttributeFrames> attributes = new ArrayList<>();
    long family = SEPARATE_METRICS * counts.size();
    counts.forEach(
        (name, groups) ->
            attributes.add(
                new Attribute(name, groups, overall, smallest, family, rounding).frames(measures)));
    return new Section(Section.MODEL, overall, attributes);
  }

  /** What {@link #section} measures, in its order. */
  public static List<Measure> measures(
      Map<String, Map<String, GroupCounts>> counts, List<Double> thresholds) {
    return Measure.of(all(counts), thresholds);
  }

  /** All rows together. */
  public static GroupCounts all(Map<String, Map<String, GroupCounts>> counts) {
    List<GroupCounts> groups =
        counts.values().stream().findFirst().map(g -> List.copyOf(g.values())).orElse(List.of());
    int classes = groups.isEmpty() ? 2 : groups.get(0).matrix().classes();
    GroupCounts all = new GroupCounts(classes);
    groups.forEach(all::add);
    return all;
  }

  private record Attribute(
      String name,
      Map<String, GroupCounts> groups,
      Map<String, Estimate> overall,
      long smallest,
      long family,
      Rounding rounding) {

    AttributeFrames frames(List<Measure> measures) {
      Map<String, MetricFrame> frames = new LinkedHashMap<>();
      measures.forEach(m -> frames.put(m.word(), measured(m)));
      return new AttributeFrames(name, List.copyOf(frames.values()), summary(frames));
    }

    private MetricFrame measured(Measure measure) {
      Map<String, Estimate> byGroup = new TreeMap<>();
      groups.forEach((group, counts) -> byGroup.put(group, published(measure, group, counts)));
      Estimate all = overall.getOrDefault(measure.word(), Estimate.undefined("no rows"));
      return MetricFrame.of(measure.word(), all, byGroup, family);
    }

    private Estimate published(Measure measure, String group, GroupCounts counts) {
      return measure.published(
          measure.of(counts, smallest),
          rounded(rounding, measure.event(), name, group, counts),
          counts.levels(),
          rounding);
    }

    private Map<String, Estimate> summary(Map<String, MetricFrame> frames) {
      Map<String, Estimate> summary = fairness(frames);
      if (summary.isEmpty()) {
        return summary;
      }
      if (frames.containsKey(Metric.AUC.word())) {
        summary.put("es_auc", equityScaled(ModelMetrics.frame(frames, Metric.AUC)));
      }
      List<Confusion> known =
          groups.entrySet().stream()
              .filter(g -> !g.getKey().equals(MetricFrame.UNKNOWN))
              .filter(g -> g.getValue().people() >= smallest && !g.getValue().isWithheld())
              .map(
                  g ->
                      rounded(rounding, Event.AS_PREDICTED, name, g.getKey(), g.getValue())
                          .confusion())
              .toList();
      if (known.size() > 1) {
        long rows = known.stream().mapToLong(Confusion::count).sum();
        summary.put(
            "between_group_generalized_entropy",
            Estimate.of(Benefits.generalizedEntropyBetween(known), rows));
        summary.put("between_group_theil", Estimate.of(Benefits.theilBetween(known), rows));
      }
      return summary;
    }
  }

  private static Matrix rounded(
      Rounding rounding, Event event, String attribute, String group, GroupCounts counts) {
    return rounding.of(event.of(counts), event + "|" + attribute + "|" + group);
  }

  private static Matrix sum(
      Map<String, Map<String, GroupCounts>> counts, Event event, Rounding rounding) {
    Map.Entry<String, Map<String, GroupCounts>> first =
        counts.entrySet().stream().findFirst().orElse(Map.entry("", Map.of()));
    Matrix sum = event.of(new GroupCounts(all(counts).matrix().classes()));
    first
        .getValue()
        .forEach((group, each) -> sum.add(rounded(rounding, event, first.getKey(), group, each)));
    return sum;
  }

  // Luo et al., Harvard Glaucoma Fairness (2023): the overall area over 1 + the groups' distances.
  private static Estimate equityScaled(MetricFrame auc) {
    Double overall = auc.overall().value();
    if (overall == null || auc.highest() == null) {
      return Estimate.undefined("fewer than two groups to compare");
    }
    double distances = 0;
    for (Map.Entry<String, Estimate> group : auc.byGroup().entrySet()) {
      Double value = group.getValue().value();
      distances +=
          value == null || group.getKey().equals(MetricFrame.UNKNOWN)
              ? 0
              : Math.abs(value - overall);
    }
    return new Estimate(overall / (1 + distances), null, null, auc.difference().note());
  }

  /**
   * The definitions of fairlearn.metrics with method="between_groups", agg="worst_case"; empty
   * where the rates are not among the frames.
   */
  public static Map<String, Estimate> fairness(Map<String, MetricFrame> frames) {
    if (!frames.containsKey(Metric.SELECTION_RATE.word())) {
      return new LinkedHashMap<>();
    }
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
