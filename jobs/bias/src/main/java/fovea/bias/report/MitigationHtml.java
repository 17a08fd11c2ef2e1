package fovea.bias.report;

import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.mitigate.GroupRule;
import fovea.bias.mitigate.Reweighing;
import fovea.bias.mitigate.Thresholds;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was tried against gaps: sentences, then a table before and after for each attribute. */
final class MitigationHtml {
  private final BiasReport report;
  private final StringBuilder html = new StringBuilder();

  private MitigationHtml(BiasReport report) {
    this.report = report;
  }

  /** Nothing where nothing was tried. */
  static String of(BiasReport report) {
    BiasReport.Details details = report.details();
    if (details.weights().isEmpty() && details.thresholds().isEmpty()) {
      return "";
    }
    return new MitigationHtml(report).all();
  }

  private String all() {
    html.append("<h2 class=\"subject\">What could be done</h2><section><ol>");
    Remedies.of(report).forEach(s -> html.append("<li>").append(Html.escape(s)).append("</li>"));
    html.append("</ol></section>");
    report.details().thresholds().forEach(this::thresholds);
    report.details().weights().forEach(this::weights);
    return html.toString();
  }

  private void thresholds(Thresholds thresholds) {
    title("Thresholds by ", thresholds.attribute());
    html.append("<div class=\"wide\"><table><thead><tr><th></th>");
    for (MetricFrame frame : thresholds.before().metrics()) {
      html.append("<th>").append(Html.escape(Words.title(frame.metric()))).append("</th>");
    }
    html.append("<th>Called positive</th></tr></thead><tbody>");
    for (String group : thresholds.before().metrics().get(0).byGroup().keySet()) {
      lines(group, thresholds, f -> f.group(group), rule(thresholds.rules().get(group)));
    }
    lines("overall", thresholds, MetricFrame::overall, "");
    lines("difference", thresholds, MetricFrame::difference, "");
    html.append("</tbody></table></div></section>");
  }

  private void lines(
      String name, Thresholds thresholds, Function<MetricFrame, Estimate> part, String rule) {
    html.append("<tr class=\"rule\"><th>")
        .append(Html.escape(name))
        .append("<small> before</small></th>");
    thresholds.before().metrics().forEach(f -> cell(f, part));
    html.append(
        "<td class=\"text\">the model's answers</td></tr><tr><th><small>after</small></th>");
    for (MetricFrame frame : thresholds.before().metrics()) {
      Optional<MetricFrame> after = thresholds.after().frame(frame.metric());
      after.ifPresent(f -> cell(f, part));
    }
    html.append("<td class=\"text\">").append(Html.escape(rule)).append("</td></tr>");
  }

  private void cell(MetricFrame frame, Function<MetricFrame, Estimate> part) {
    html.append(Tables.cell(frame.metric(), part.apply(frame), report.smallest()));
  }

  private static String rule(@Nullable GroupRule rule) {
    if (rule == null) {
      return "the model's answers: too few";
    }
    String scores =
        rule.high() == rule.low()
            ? "scores from " + score(rule.high())
            : String.format(
                Locale.ROOT,
                "scores from %s, with chance %.2f from %s",
                score(rule.high()),
                rule.between(),
                score(rule.low()));
    return rule.ignored() == 0
        ? scores
        : String.format(
            Locale.ROOT,
            "%s; but with chance %.2f whatever the score, of those %s",
            scores,
            rule.ignored(),
            Words.percent(rule.constant()));
  }

  private static String score(double threshold) {
    return Double.isFinite(threshold) ? Words.decimal(threshold) : "above all";
  }

  private void weights(Reweighing weights) {
    title("Weights for training by ", weights.attribute());
    html.append("<table><thead><tr><th>Group</th><th>Label</th><th>Rows</th><th>Weight</th></tr>")
        .append("</thead><tbody>");
    for (Reweighing.Cell cell : weights.cells()) {
      Long rows = cell.rows();
      html.append("<tr><th>")
          .append(Html.escape(cell.group()))
          .append("</th><td>")
          .append(cell.label())
          .append(rows == null ? "</td><td class=\"none\">too few" : "</td><td>" + rows)
          .append("</td><td>")
          .append(Words.decimal(cell.weight()))
          .append("</td></tr>");
    }
    html.append("</tbody></table></section>");
  }

  private void title(String before, String attribute) {
    html.append("<section><h3>")
        .append(before)
        .append(Html.escape(Words.attribute(attribute)))
        .append("</h3>");
  }
}
