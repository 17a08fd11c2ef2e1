package fovea.train.models;

import java.util.Locale;
import java.util.Optional;

/** Figures and findings as people read them. */
final class Words {
  static final String TPR = "true_positive_rate";
  static final String FPR = "false_positive_rate";
  static final String AUC = "auc";

  private static final double CLEAR = 0.05;

  private Words() {}

  /** What a metric is called in a sentence. */
  static String title(String metric) {
    return switch (metric) {
      case TPR -> "sensitivity";
      case FPR -> "the rate of false alarms";
      case AUC -> "AUC";
      default -> metric.replace('_', ' ');
    };
  }

  /** Both ends of a gap with their intervals, and whether chance explains it. */
  static String finding(Audit audit, String attribute, String metric) {
    String begin = "By " + attribute.replace('_', ' ') + ", ";
    Optional<Finding> gap = audit.gap(attribute, metric);
    var groups = audit.groups(attribute, metric);
    if (gap.map(Finding::value).isEmpty() || groups.size() < 2) {
      String why = gap.map(Finding::note).filter(n -> !n.isEmpty()).orElse("not looked for");
      return begin + title(metric) + " was not compared: " + why + ".";
    }
    Finding high = groups.values().stream().reduce((a, b) -> value(a) >= value(b) ? a : b).get();
    Finding low = groups.values().stream().reduce((a, b) -> value(a) <= value(b) ? a : b).get();
    double difference = value(gap.get());
    String sentence =
        difference == 0
            ? begin + title(metric) + " is the same in all groups: " + figure(high)
            : begin
                + "%s is highest where it is %s (%s) and lowest where it is %s (%s): a gap of %s"
                    .formatted(
                        title(metric),
                        high.group(),
                        figure(high),
                        low.group(),
                        figure(low),
                        metric.equals(AUC) ? decimal(difference) : points(difference));
    String without = gap.get().note().isEmpty() ? "" : ", " + gap.get().note();
    return sentence + without + "." + chance(audit, attribute, metric);
  }

  private static String chance(Audit audit, String attribute, String metric) {
    return audit
        .chance(attribute, metric)
        .map(
            p ->
                String.format(
                    Locale.ROOT,
                    p < CLEAR
                        ? " Chance does not explain it (p = %s, adjusted)."
                        : " Chance may explain it at this number of patients (p = %s, adjusted).",
                    p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p)))
        .orElse("");
  }

  private static String figure(Finding finding) {
    boolean area = finding.metric().equals(AUC);
    String figure = area ? decimal(value(finding)) : percent(value(finding));
    Double lower = finding.lower();
    Double upper = finding.upper();
    if (lower == null || upper == null) {
      return figure;
    }
    return figure
        + ", 95% interval "
        + (area
            ? decimal(lower) + " to " + decimal(upper)
            : percent(lower) + " to " + percent(upper));
  }

  private static double value(Finding finding) {
    Double value = finding.value();
    return value == null ? Double.NaN : value;
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }

  static String points(double gap) {
    return String.format(Locale.ROOT, "%.1f points", 100 * gap);
  }

  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : decimal(value);
  }
}
