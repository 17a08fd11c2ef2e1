package fovea.bias.inference;

import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.Evidence;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.Measure;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.metrics.Rounding;
import fovea.bias.metrics.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a section of a model its intervals and p-values. Rates have Wilson's interval at their
 * effective number of rows, AUC DeLong's, the rest and all differences that of a bootstrap of
 * patients; the largest gap of each metric has the p-value of a permutation of patients, adjusted
 * over all attributes: among the metrics a report speaks of first, and among the others.
 */
public final class Inference {
  // The smallest p-value there can be must stay below 5% after Holm's adjustment.
  private static final int PERMUTATIONS_A_TEST = 40;
  private static final int MOST_PERMUTATIONS = 20_000;

  private Inference() {}

  /**
   * How much work is done.
   *
   * @param replicates of the bootstrap; at least as many permutations
   * @param seed equal seeds and data give equal figures
   * @param smallest fewer patients than that make a group too few
   * @param rounding that the section's counts went through
   */
  public record Plan(int replicates, long seed, long smallest, Rounding rounding) {
    /** With exact counts. */
    public Plan(int replicates, long seed, long smallest) {
      this(replicates, seed, smallest, Rounding.NONE);
    }
  }

  /**
   * The same section with intervals and evidence.
   *
   * @param counts what the section was made from
   * @param cohorts attribute to its patients
   * @param measures what the section measures
   */
  public static Section of(
      Section section,
      Map<String, Map<String, GroupCounts>> counts,
      Map<String, Cohort> cohorts,
      List<Measure> measures,
      Plan plan) {
    int permutations = permutations(cohorts.size(), measures, plan);
    List<Tested> tested = new ArrayList<>();
    for (AttributeFrames frames : section.attributes()) {
      Map<String, GroupCounts> groups = counts.getOrDefault(frames.attribute(), Map.of());
      Cohort cohort = cohorts.get(frames.attribute());
      tested.add(
          cohort == null || groups.isEmpty()
              ? Tested.untested(frames)
              : new Attribute(frames, groups, cohort, measures, plan).tested(permutations));
    }
    Map<String, Evidence> evidence = Verdicts.of(tested, measures);
    List<AttributeFrames> attributes = new ArrayList<>();
    Map<String, Estimate> overall = new LinkedHashMap<>(section.overall());
    for (Tested each : tested) {
      AttributeFrames frames = concluded(each, evidence);
      frames.metrics().forEach(f -> overall.put(f.metric(), f.overall()));
      attributes.add(frames);
    }
    return new Section(section.subject(), overall, attributes);
  }

  static int permutations(int attributes, List<Measure> measures, Plan plan) {
    long tests = attributes * Verdicts.largestFamily(measures);
    return (int)
        Math.min(MOST_PERMUTATIONS, Math.max(plan.replicates(), PERMUTATIONS_A_TEST * tests));
  }

  private static AttributeFrames concluded(Tested tested, Map<String, Evidence> evidence) {
    Map<String, MetricFrame> frames = new LinkedHashMap<>();
    for (MetricFrame frame : tested.frames().metrics()) {
      Evidence found = evidence.get(Verdicts.key(tested.frames().attribute(), frame.metric()));
      frames.put(
          frame.metric(),
          frame.with(frame.overall(), frame.byGroup(), frame.difference(), frame.ratio(), found));
    }
    Map<String, Estimate> summary = new LinkedHashMap<>(tested.frames().summary());
    summary.putAll(ModelMetrics.fairness(frames));
    return new AttributeFrames(tested.frames().attribute(), List.copyOf(frames.values()), summary);
  }
}
