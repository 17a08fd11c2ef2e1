package fovea.bias.mitigate;

import fovea.bias.inference.Cohort;
import fovea.bias.inference.Inference;
import fovea.bias.inference.Scheme;
import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.Measure;
import fovea.bias.metrics.Metric;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.metrics.Rounding;
import fovea.contract.statistics.Interval;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Thresholds by group under which groups have the same true positive rate, or the same true and
 * false positive rates (Hardt, Price and Srebro 2016), fitted on one half of the patients and
 * looked at on the other. Thresholds lie where the cohort's bins of the score begin.
 *
 * @param attribute for example {@code sex}
 * @param criterion what groups are to have in common
 * @param objective which of the fair points was taken
 * @param fittedOn patients
 * @param auditedOn other patients
 * @param rules group to rule; a group with too few patients keeps the model's answers and has none
 * @param before the figures of the audited half with the model's answers
 * @param after the same with the rules' answers
 * @param prices {@code accuracy} and {@code balanced_accuracy} over all rows of the audited half
 */
public record Thresholds(
    String attribute,
    Criterion criterion,
    Objective objective,
    long fittedOn,
    long auditedOn,
    SortedMap<String, GroupRule> rules,
    AttributeFrames before,
    AttributeFrames after,
    Map<String, Cost> prices) {
  private static final EnumSet<Metric> HEADLINES =
      EnumSet.of(
          Metric.COUNT,
          Metric.SELECTION_RATE,
          Metric.TRUE_POSITIVE_RATE,
          Metric.FALSE_POSITIVE_RATE,
          Metric.PRECISION,
          Metric.NEGATIVE_PREDICTIVE_VALUE,
          Metric.ACCURACY,
          Metric.BALANCED_ACCURACY);

  /**
   * A figure before and after.
   *
   * @param interval 95%, of the change, paired by patient
   */
  public record Cost(double before, double after, Interval interval) {
    Cost rounded(Rounding rounding) {
      return new Cost(
          rounding.digits(before),
          rounding.digits(after),
          new Interval(rounding.digits(interval.lower()), rounding.digits(interval.upper())));
    }
  }

  /** Copies. */
  public Thresholds {
    SortedMap<String, GroupRule> copy = new TreeMap<>(MetricFrame.inOrder());
    copy.putAll(rules);
    rules = copy;
    prices = new LinkedHashMap<>(prices);
  }

  /**
   * Fits and audits.
   *
   * @param withheld groups that keep the model's answers and show no figure
   * @param cohort with scores; empty comes back where it has none, or fewer than two groups with
   *     enough patients of either label in the fitted half
   */
  public static Optional<Thresholds> of(
      String attribute,
      Cohort cohort,
      Set<String> withheld,
      Criterion criterion,
      Objective objective,
      Inference.Plan plan) {
    List<Cohort> halves = cohort.halves(plan.seed());
    SortedMap<String, GroupRule> rules =
        fitted(halves.get(0), withheld, criterion, objective, plan.smallest());
    rules.replaceAll((group, rule) -> rule.rounded(plan.rounding()));
    if (rules.size() < 2) {
      return Optional.empty();
    }
    Answers answers = new Answers(halves.get(1), rules, plan.seed());
    Price price = answers.price();
    Map<String, Cost> prices = new LinkedHashMap<>();
    prices.put(Metric.ACCURACY.word(), price.accuracy().rounded(plan.rounding()));
    prices.put(Metric.BALANCED_ACCURACY.word(), price.balancedAccuracy().rounded(plan.rounding()));
    return Optional.of(
        new Thresholds(
            attribute,
            criterion,
            objective,
            halves.get(0).patients(),
            halves.get(1).patients(),
            rules,
            audited(attribute, answers.before(), withheld, plan),
            audited(attribute, answers.after(), withheld, plan),
            prices));
  }

  /** The figure that the criterion makes equal: its name among an attribute's summary. */
  public String gap() {
    return criterion == Criterion.EQUAL_OPPORTUNITY
        ? "equal_opportunity_difference"
        : "equalized_odds_difference";
  }

  static SortedMap<String, GroupRule> fitted(
      Cohort half, Set<String> withheld, Criterion criterion, Objective objective, long smallest) {
    Scheme scheme = half.scheme();
    double[] from = new double[scheme.bins() - 1];
    for (int bin = 0; bin < from.length; bin++) {
      from[bin] = scheme.from(bin);
    }
    Map<String, GroupCounts> counts = Answers.counts(half, withheld);
    Map<String, Hull> hulls = new LinkedHashMap<>();
    Map<String, long[]> sizes = new LinkedHashMap<>();
    double found = 0;
    double positives = 0;
    for (Map.Entry<String, GroupCounts> group : counts.entrySet()) {
      long[][] scored = scored(half, half.groups().indexOf(group.getKey()), from.length);
      GroupCounts own = group.getValue();
      if (from.length > 0 && isEligible(group.getKey(), own, scored, smallest)) {
        hulls.put(group.getKey(), Hull.of(from, scored[0], scored[1]));
        sizes.put(
            group.getKey(), new long[] {own.confusion().negatives(), own.confusion().positives()});
        found += own.confusion().truePositives();
        positives += own.confusion().positives();
      }
    }
    SortedMap<String, GroupRule> rules = new TreeMap<>(MetricFrame.inOrder());
    if (hulls.size() > 1) {
      rules.putAll(new Solver(hulls, sizes, found / positives).rules(criterion, objective));
    }
    return rules;
  }

  private static boolean isEligible(String group, GroupCounts own, long[][] scored, long smallest) {
    double share = (double) own.people() / Math.max(1, own.matrix().count());
    long rarer = Math.min(Arrays.stream(scored[0]).sum(), Arrays.stream(scored[1]).sum());
    return !group.equals(MetricFrame.UNKNOWN)
        && !own.isWithheld()
        && rarer * share >= Math.max(1, smallest);
  }

  // Label by bin, rows without a score left out.
  private static long[][] scored(Cohort half, int group, int bins) {
    Scheme scheme = half.scheme();
    long[] observed = half.observed();
    long[][] scored = new long[2][bins];
    for (int i = 0; i < scheme.outcomes(); i++) {
      int bin = i % scheme.bins();
      if (bin < bins) {
        scored[i / scheme.bins() / scheme.classes()][bin] +=
            observed[group * scheme.outcomes() + i];
      }
    }
    return scored;
  }

  private static AttributeFrames audited(
      String attribute, Cohort half, Set<String> withheld, Inference.Plan plan) {
    Map<String, Map<String, GroupCounts>> counts =
        Map.of(attribute, Answers.counts(half, withheld));
    List<Measure> measures =
        ModelMetrics.measures(counts, List.of()).stream()
            .filter(m -> HEADLINES.contains(m.metric()))
            .toList();
    return Inference.of(
            ModelMetrics.section(counts, plan.smallest(), List.of(), plan.rounding()),
            counts,
            Map.of(attribute, half),
            measures,
            plan)
        .attributes()
        .get(0);
  }
}
