package fovea.bias.inference;

import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.Measure;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.metrics.Section;
import fovea.contract.statistics.Levels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Patients with one to several eyes each, alike within a patient: label and score share a normal
 * part. What the truth is can be computed.
 */
final class Synthetic {
  /** The threshold of the score. */
  static final double CUT = 0.5;

  private final Map<String, GroupCounts> counts = new LinkedHashMap<>();
  private final List<String> groups = new ArrayList<>();
  private final List<List<Eye>> patients = new ArrayList<>();
  private final SplittableRandom random;

  private record Eye(int group, int label, int prediction, double score) {}

  Synthetic(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Adds patients whose eyes are all in one group.
   *
   * @param prevalence chance of label 1
   * @param shift how far positives score above negatives, in standard deviations
   * @param within share of a score's variance that a patient's eyes have in common
   */
  Synthetic group(
      String name, int patients, int eyes, double prevalence, double shift, double within) {
    int group = place(name);
    for (int p = 0; p < patients; p++) {
      double common = random.nextGaussian();
      boolean ill = random.nextDouble() < prevalence;
      List<Eye> rows = new ArrayList<>();
      for (int e = 0; e < eyes; e++) {
        int label = within > 0 ? (ill ? 1 : 0) : random.nextDouble() < prevalence ? 1 : 0;
        rows.add(eye(group, label, shift, common, within));
      }
      this.patients.add(rows);
    }
    return this;
  }

  /** Adds patients with an eye in each of two groups. */
  Synthetic pairs(String left, String right, int patients, double prevalence, double within) {
    int[] both = {place(left), place(right)};
    for (int p = 0; p < patients; p++) {
      double common = random.nextGaussian();
      int label = random.nextDouble() < prevalence ? 1 : 0;
      List<Eye> rows = new ArrayList<>();
      for (int group : both) {
        rows.add(eye(group, label, 1.5, common, within));
      }
      this.patients.add(rows);
    }
    return this;
  }

  private int place(String name) {
    if (!groups.contains(name)) {
      groups.add(name);
      counts.put(name, new GroupCounts());
    }
    return groups.indexOf(name);
  }

  private Eye eye(int group, int label, double shift, double common, double within) {
    double noise = Math.sqrt(within) * common + Math.sqrt(1 - within) * random.nextGaussian();
    double score = 1 / (1 + Math.exp(-(noise + (label - 0.5) * shift)));
    double rounded = Math.round(score * 100) / 100.0;
    Eye eye = new Eye(group, label, rounded >= CUT ? 1 : 0, rounded);
    counts.get(groups.get(group)).add(label, eye.prediction, rounded, 1);
    return eye;
  }

  Map<String, Map<String, GroupCounts>> counts() {
    return Map.of("g", counts);
  }

  List<Measure> measures() {
    return ModelMetrics.measures(counts(), List.of());
  }

  Cohort cohort(int bins) {
    Levels all = ModelMetrics.all(counts()).levels();
    Scheme scheme = Scheme.of(2, all, List.of(), bins);
    Cohort.Builder builder = new Cohort.Builder(scheme, groups);
    for (List<Eye> rows : patients) {
      builder.add(
          rows.stream()
              .mapToInt(
                  e -> e.group * scheme.outcomes() + scheme.outcome(e.label, e.prediction, e.score))
              .toArray(),
          1);
    }
    return builder.build();
  }

  /** Figures without inference. */
  Section points() {
    return ModelMetrics.section(counts(), 10);
  }

  /** Intervals only: one permutation. */
  AttributeFrames intervals(int bins, int replicates) {
    Inference.Plan plan = new Inference.Plan(replicates, 1, 10);
    return new Attribute(points().attributes().get(0), counts, cohort(bins), measures(), plan)
        .tested(1)
        .frames();
  }

  /** The whole report's section. */
  Section section(int bins, int replicates, long seed) {
    Section points = ModelMetrics.section(counts(), 10);
    return Inference.of(
        points,
        counts(),
        Map.of("g", cohort(bins)),
        measures(),
        new Inference.Plan(replicates, seed, 10));
  }
}
