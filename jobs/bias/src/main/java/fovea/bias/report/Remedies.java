package fovea.bias.report;

import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.Metric;
import fovea.bias.mitigate.Criterion;
import fovea.bias.mitigate.Reweighing;
import fovea.bias.mitigate.Thresholds;
import fovea.contract.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was tried against gaps, in plain language: what the gap was, what it is, what it costs. */
public final class Remedies {
  private Remedies() {}

  /** One sentence an attribute, the largest gap first. */
  public static List<String> of(BiasReport report) {
    List<String> sentences = new ArrayList<>();
    report.details().thresholds().stream()
        .sorted(Comparator.comparingDouble((Thresholds t) -> -gap(t)))
        .forEach(t -> sentences.add(sentence(t)));
    report.details().weights().stream()
        .filter(w -> w.effective() != null)
        .forEach(w -> sentences.add(sentence(w, report.wording().rows())));
    return sentences;
  }

  /** The first of them. */
  public static Optional<String> largest(BiasReport report) {
    return of(report).stream().findFirst();
  }

  private static double gap(Thresholds thresholds) {
    Double gap = before(thresholds).value();
    return gap == null ? 0 : gap;
  }

  private static Estimate before(Thresholds thresholds) {
    return thresholds
        .before()
        .summary()
        .getOrDefault(thresholds.gap(), Estimate.undefined("no rates"));
  }

  private static Estimate after(Thresholds thresholds) {
    return thresholds
        .after()
        .summary()
        .getOrDefault(thresholds.gap(), Estimate.undefined("no rates"));
  }

  private static String sentence(Thresholds thresholds) {
    String what =
        thresholds.criterion() == Criterion.EQUAL_OPPORTUNITY
            ? "the gap in sensitivity"
            : "the larger gap of sensitivity and false alarms";
    return String.format(
        Locale.ROOT,
        "By %s, %s is %s with the model's answers and %s with thresholds by group, among %d"
            + " patients they were not fitted on; %s, %s.",
        Words.attribute(thresholds.attribute()),
        what,
        points(before(thresholds)),
        points(after(thresholds)),
        thresholds.auditedOn(),
        price("accuracy", thresholds, Metric.ACCURACY),
        price("balanced accuracy", thresholds, Metric.BALANCED_ACCURACY));
  }

  private static String price(String name, Thresholds thresholds, Metric metric) {
    Thresholds.Cost cost = thresholds.prices().get(metric.word());
    if (cost == null || Double.isNaN(cost.before())) {
      return name + " has no figure";
    }
    return String.format(
        Locale.ROOT,
        "%s goes from %s to %s, a change of %s points (95%% interval %s to %s)",
        name,
        Words.percent(cost.before()),
        Words.percent(cost.after()),
        signed(cost.after() - cost.before()),
        signed(cost.interval().lower()),
        signed(cost.interval().upper()));
  }

  private static String sentence(Reweighing weights, String rows) {
    return String.format(
        Locale.ROOT,
        "By %s, the share of label 1 differs by %s between groups, and by %s in data weighted for"
            + " training, which then say as much as %.0f %s of equal weight.",
        Words.attribute(weights.attribute()),
        points(weights.before()),
        points(weights.after()),
        weights.effective(),
        rows);
  }

  private static String points(Estimate gap) {
    Double value = gap.value();
    if (value == null) {
      return "unknown";
    }
    Interval interval = gap.interval();
    return Words.points(value)
        + (interval == null
            ? ""
            : String.format(
                " (95%% interval %s to %s)", signed(interval.lower()), signed(interval.upper())));
  }

  private static String signed(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share + 0.0).replace("-", "−");
  }
}
