package fovea.bias.calibration;

import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.metrics.Rounding;
import fovea.bias.metrics.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reliability curves of one attribute.
 *
 * @param attribute for example {@code sex}
 * @param overall over all rows
 * @param byGroup in name order
 */
public record Calibration(String attribute, Curve overall, SortedMap<String, Curve> byGroup) {
  /** Metric names of Cox's recalibration, as in reports and tables. */
  public static final List<String> METRICS =
      List.of("calibration_slope", "calibration_intercept", "calibration_in_the_large");

  /** Copies. */
  public Calibration {
    SortedMap<String, Curve> copy = new TreeMap<>(MetricFrame.inOrder());
    copy.putAll(byGroup);
    byGroup = copy;
  }

  /**
   * The curves of every attribute; none without scores.
   *
   * @param counts attribute to group to statistics
   * @param smallest bins over fewer people are withheld
   */
  public static List<Calibration> of(
      Map<String, Map<String, GroupCounts>> counts,
      Edges.Rule rule,
      long smallest,
      Rounding rounding) {
    GroupCounts all = ModelMetrics.all(counts);
    if (!isBinary(all)) {
      return List.of();
    }
    Edges edges = Edges.of(rule, all.levels());
    Curve overall = Curve.of(all, edges, smallest, rounding, "");
    List<Calibration> calibrations = new ArrayList<>();
    counts.forEach(
        (attribute, groups) -> {
          SortedMap<String, Curve> curves = new TreeMap<>();
          groups.forEach(
              (name, group) ->
                  curves.put(
                      name, Curve.of(group, edges, smallest, rounding, attribute + "|" + name)));
          calibrations.add(new Calibration(attribute, overall, curves));
        });
    return calibrations;
  }

  /** The section with slope and intercept of every group among its metrics ({@link #METRICS}). */
  public static Section within(
      Section section,
      Map<String, Map<String, GroupCounts>> counts,
      long smallest,
      Rounding rounding) {
    GroupCounts all = ModelMetrics.all(counts);
    if (!isBinary(all)) {
      return section;
    }
    Recalibration overall = Recalibration.of(all, smallest).rounded(rounding);
    List<AttributeFrames> attributes = new ArrayList<>();
    for (AttributeFrames frames : section.attributes()) {
      Map<String, Recalibration> groups = new LinkedHashMap<>();
      counts
          .getOrDefault(frames.attribute(), Map.of())
          .forEach(
              (name, group) ->
                  groups.put(name, Recalibration.of(group, smallest).rounded(rounding)));
      List<MetricFrame> metrics = new ArrayList<>(frames.metrics());
      metrics.addAll(frames(overall, groups));
      attributes.add(new AttributeFrames(frames.attribute(), metrics, frames.summary()));
    }
    Map<String, Estimate> figures = new LinkedHashMap<>(section.overall());
    frames(overall, Map.of()).forEach(f -> figures.put(f.metric(), f.overall()));
    return new Section(section.subject(), figures, attributes);
  }

  private static List<MetricFrame> frames(
      Recalibration overall, Map<String, Recalibration> groups) {
    return List.of(
        frame(METRICS.get(0), Recalibration::slope, overall, groups),
        frame(METRICS.get(1), Recalibration::intercept, overall, groups),
        frame(METRICS.get(2), Recalibration::inTheLarge, overall, groups));
  }

  private static MetricFrame frame(
      String metric,
      Function<Recalibration, Estimate> part,
      Recalibration overall,
      Map<String, Recalibration> groups) {
    Map<String, Estimate> byGroup = new LinkedHashMap<>();
    groups.forEach((name, each) -> byGroup.put(name, part.apply(each)));
    MetricFrame frame = MetricFrame.of(metric, part.apply(overall), byGroup, 1);
    Estimate none = Estimate.undefined("undefined: no scale of ratios");
    return new MetricFrame(
        metric,
        frame.overall(),
        frame.byGroup(),
        frame.difference(),
        none,
        frame.differenceToOverall(),
        none,
        frame.highest(),
        frame.lowest(),
        null);
  }

  private static boolean isBinary(GroupCounts all) {
    return all.matrix().classes() == 2 && !all.levels().isEmpty();
  }
}
