package fovea.bias;

import fovea.bias.calibration.Calibration;
import fovea.bias.calibration.Edges;
import fovea.bias.inference.Cohort;
import fovea.bias.inference.Inference;
import fovea.bias.metrics.Crossing;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.metrics.Rounding;
import fovea.bias.metrics.Section;
import fovea.bias.mitigate.Reweighing;
import fovea.bias.mitigate.Thresholds;
import fovea.bias.report.BiasReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said of a model's predictions, whichever door they came through.
 *
 * @param section figures with intervals and evidence
 * @param details what goes beyond them
 */
record Audit(Section section, BiasReport.Details details) {
  // Fixed, so that equal data give equal reports.
  private static final long SEED = 1;

  /**
   * How to look.
   *
   * @param smallest fewer people than that make a figure {@code too few}
   * @param thresholds of the score at which rates are reported too
   * @param replicates of the bootstrap
   * @param curveBins how reliability curves are cut
   * @param remedy what to try against gaps
   * @param crossings pairs of attributes among the attributes
   * @param rounding of counts that are published
   */
  record Options(
      long smallest,
      List<Double> thresholds,
      int replicates,
      Edges.Rule curveBins,
      Remedy remedy,
      List<Crossing> crossings,
      Rounding rounding) {
    Inference.Plan plan() {
      return new Inference.Plan(replicates, SEED, smallest, rounding);
    }
  }

  static Audit of(
      Map<String, Map<String, GroupCounts>> counts, Map<String, Cohort> cohorts, Options options) {
    options.crossings.forEach(
        c -> c.withhold(counts.getOrDefault(c.attribute(), Map.of()), options.smallest));
    Section section =
        Inference.of(
            ModelMetrics.section(counts, options.smallest, options.thresholds, options.rounding),
            counts,
            cohorts,
            ModelMetrics.measures(counts, options.thresholds),
            options.plan());
    return new Audit(
        Calibration.within(section, counts, options.smallest, options.rounding),
        new BiasReport.Details(
            Calibration.of(counts, options.curveBins, options.smallest, options.rounding),
            weights(counts, options),
            thresholds(counts, cohorts, options)));
  }

  /** Weights for training by attribute, where they are asked for. */
  static List<Reweighing> weights(Map<String, Map<String, GroupCounts>> labels, Options options) {
    if (!options.remedy.isReweighing()) {
      return List.of();
    }
    return labels.entrySet().stream()
        .map(a -> Reweighing.of(a.getKey(), a.getValue(), options.smallest, options.rounding))
        .toList();
  }

  private static Set<String> withheld(Map<String, GroupCounts> groups) {
    return groups.entrySet().stream()
        .filter(g -> g.getValue().isWithheld())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<Thresholds> thresholds(
      Map<String, Map<String, GroupCounts>> counts, Map<String, Cohort> cohorts, Options options) {
    if (!options.remedy.isThresholds()) {
      return List.of();
    }
    Remedy remedy = options.remedy;
    List<Thresholds> thresholds = new ArrayList<>();
    cohorts.forEach(
        (attribute, cohort) ->
            Thresholds.of(
                    attribute,
                    cohort,
                    withheld(counts.getOrDefault(attribute, Map.of())),
                    remedy.criterion(),
                    remedy.objective(),
                    options.plan())
                .ifPresent(thresholds::add));
    return thresholds;
  }
}
