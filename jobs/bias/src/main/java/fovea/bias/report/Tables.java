package fovea.bias.report;

import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.Evidence;
import fovea.bias.metrics.MetricFrame;
import fovea.contract.statistics.Interval;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables of a report as HTML. */
final class Tables {
  private static final Set<String> DECIMALS =
      Set.of(
          "auc",
          "auprc",
          "brier",
          "calibration_slope",
          "calibration_intercept",
          "calibration_in_the_large",
          "expected_calibration_error",
          "quadratic_weighted_kappa",
          "generalized_entropy",
          "theil_index",
          "label_npmi",
          "ratio");

  private Tables() {}

  /** Groups as lines, metrics as columns, then overall, difference and ratio. */
  static String byGroup(AttributeFrames attribute, List<MetricFrame> frames, long smallest) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table><thead><tr><th>");
    html.append(Html.escape(Words.attribute(attribute.attribute()))).append("</th>");
    frames.forEach(f -> html.append("<th>").append(heading(f.metric())).append("</th>"));
    html.append("</tr></thead><tbody>");
    for (String group : frames.get(0).byGroup().keySet()) {
      html.append("<tr><th>").append(Html.escape(group)).append("</th>");
      for (MetricFrame frame : frames) {
        html.append(cell(frame.metric(), frame.group(group), smallest));
      }
      html.append("</tr>");
    }
    html.append("<tr class=\"rule\"><th>overall</th>");
    frames.forEach(f -> html.append(cell(f.metric(), f.overall(), smallest)));
    html.append("</tr><tr><th>difference</th>");
    frames.forEach(f -> html.append(cell(f.metric(), f.difference(), smallest)));
    html.append("</tr><tr><th>ratio</th>");
    frames.forEach(f -> html.append(cell("ratio", f.ratio(), smallest)));
    html.append("</tr><tr><th>p, adjusted</th>");
    frames.forEach(f -> html.append(evidence(f.evidence())));
    return html.append("</tr></tbody></table></div>").toString();
  }

  static String number(String metric, double value) {
    if (metric.equals("count")) {
      return Long.toString((long) value);
    }
    return DECIMALS.contains(Words.base(metric)) || metric.contains("parity_")
        ? Words.decimal(value)
        : Words.percent(value);
  }

  static String gap(String metric, double gap) {
    return DECIMALS.contains(Words.base(metric)) ? Words.decimal(gap) : Words.points(gap);
  }

  static String tick(String metric, double value) {
    return DECIMALS.contains(Words.base(metric))
        ? String.format(java.util.Locale.ROOT, "%.2f", value)
        : Math.round(100 * value) + "%";
  }

  private static String heading(String metric) {
    return Html.escape(Words.title(metric));
  }

  static String cell(String metric, Estimate estimate, long smallest) {
    Double value = estimate.value();
    if (value == null) {
      String few = metric.equals("count") ? "<" + smallest : Estimate.TOO_FEW;
      String note = estimate.note();
      return String.format(
          "<td class=\"none\" title=\"%s\">%s</td>",
          Html.escape(note == null ? "" : note),
          estimate.isWithheld() ? "withheld" : estimate.isTooFew() ? Html.escape(few) : "–");
    }
    Interval interval = estimate.interval();
    String range = interval == null ? "" : "<small>" + range(metric, interval) + "</small>";
    return "<td>" + number(metric, value) + range + "</td>";
  }

  private static String evidence(@Nullable Evidence evidence) {
    return evidence == null
        ? "<td class=\"none\">–</td>"
        : String.format(
            "<td>%s<small>alone %s, BH %s</small></td>",
            Html.escape(Words.probability(evidence.holm())),
            Html.escape(Words.probability(evidence.p())),
            Html.escape(Words.probability(evidence.bh())));
  }

  private static String range(String metric, Interval interval) {
    return DECIMALS.contains(Words.base(metric))
        ? Words.decimal(interval.lower()).replace("-", "−")
            + " to "
            + Words.decimal(interval.upper()).replace("-", "−")
        : signed(interval);
  }

  private static String signed(Interval interval) {
    return interval.lower() < 0
        ? Words.percent(interval.lower()).replace("%", "").replace("-", "−")
            + " to "
            + Words.percent(interval.upper())
        : Words.percents(interval);
  }
}
