package fovea.bias.report;

import fovea.bias.report.BiasReport.Wording;
import fovea.contract.statistics.Interval;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and numbers as people read them. */
final class Words {
  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("count", "Rows"),
          Map.entry("selection_rate", "Selection rate"),
          Map.entry("true_positive_rate", "True positive rate (sensitivity)"),
          Map.entry("false_positive_rate", "False positive rate"),
          Map.entry("true_negative_rate", "True negative rate (specificity)"),
          Map.entry("false_negative_rate", "False negative rate (missed)"),
          Map.entry("precision", "Precision (PPV)"),
          Map.entry("accuracy", "Accuracy"),
          Map.entry("balanced_accuracy", "Balanced accuracy"),
          Map.entry("base_rate", "Base rate of the label"),
          Map.entry("auc", "AUC"),
          Map.entry("auprc", "AUPRC (average precision)"),
          Map.entry("brier", "Brier score"),
          Map.entry("expected_calibration_error", "Expected calibration error"),
          Map.entry("calibration_slope", "Calibration slope (1 is right)"),
          Map.entry("calibration_intercept", "Calibration intercept (0 is right)"),
          Map.entry("calibration_in_the_large", "Calibration in the large (0 is right)"),
          Map.entry("negative_predictive_value", "Negative predictive value"),
          Map.entry("quadratic_weighted_kappa", "Quadratic weighted kappa"),
          Map.entry("generalized_entropy", "Generalized entropy index"),
          Map.entry("theil_index", "Theil index"),
          Map.entry("es_auc", "ES-AUC"),
          Map.entry("label_npmi", "Label and group together (nPMI)"),
          Map.entry("label_rate", "Label rate"),
          Map.entry("demographic_parity_difference", "Demographic parity difference"),
          Map.entry("demographic_parity_ratio", "Demographic parity ratio"),
          Map.entry("equalized_odds_difference", "Equalized odds difference"),
          Map.entry("equalized_odds_ratio", "Equalized odds ratio"),
          Map.entry("equal_opportunity_difference", "Equal opportunity difference"),
          Map.entry("equal_opportunity_ratio", "Equal opportunity ratio"));

  private Words() {}

  static String title(String metric) {
    String known = TITLES.get(metric);
    if (known != null) {
      return known;
    }
    if (metric.contains("@")) {
      return title(base(metric)) + " at score " + metric.substring(metric.indexOf('@') + 1);
    }
    if (metric.startsWith("class")) {
      String event = metric.substring(0, metric.indexOf(':')).replace(">=", " at least ");
      return title(base(metric)) + ", " + event.replace("=", " ");
    }
    String words = attribute(metric).replace("=", ": ");
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The metric without its threshold or class. */
  static String base(String metric) {
    int colon = metric.indexOf(':');
    int at = metric.indexOf('@');
    return metric.substring(colon + 1, at < 0 ? metric.length() : at);
  }

  /** A p-value, never as zero. */
  static String probability(double p) {
    return p < 0.001
        ? "<0.001"
        : String.format(Locale.ROOT, p < 0.0995 ? "%.3f" : "%.2f", Math.min(1, p));
  }

  static String attribute(String name) {
    return name.replace('_', ' ').replace("+", " and ").strip();
  }

  /** What a metric says of a group, {@code %} standing for the figure; null where not a finding. */
  static @Nullable String clause(String metric, Wording wording) {
    if (metric.startsWith("class")) {
      String event = metric.substring("class".length(), metric.indexOf(':'));
      String classes =
          event.startsWith(">=")
              ? "class " + event.substring(2) + " and above"
              : "class " + event.substring(1);
      return switch (base(metric)) {
        case "false_negative_rate" -> "the model misses % of " + classes;
        case "false_positive_rate" -> "the model says " + classes + " of % of the others";
        default -> null;
      };
    }
    return switch (metric) {
      case "false_negative_rate" -> "the model misses % of " + wording.positives();
      case "false_positive_rate" -> "the model raises a false alarm in % of " + wording.negatives();
      case "selection_rate" -> "the model calls % of all " + wording.rows() + " positive";
      case "precision" -> "% of what the model calls positive is right";
      case "label_rate" -> "% of the labelled " + wording.rows() + " are " + wording.positives();
      case "quality_grade=good" -> "% of the " + wording.rows() + " are of good quality";
      case "quality_grade=reject" -> "% of the " + wording.rows() + " are too poor to use";
      default ->
          metric.endsWith("_missing_rate")
              ? "the " + attribute(metric.replace("_missing_rate", "")) + " is missing for %"
              : null;
    };
  }

  static String percent(double share) {
    double percent = 100 * share;
    boolean fine = percent > 0 && percent < 10 || percent > 99 && percent < 100;
    return String.format(Locale.ROOT, fine ? "%.1f%%" : "%.0f%%", percent);
  }

  static String percents(Interval interval) {
    return percent(interval.lower()).replace("%", "") + "–" + percent(interval.upper());
  }

  static String points(double gap) {
    double points = 100 * gap;
    return String.format(Locale.ROOT, points < 10 ? "%.1f points" : "%.0f points", points);
  }

  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
