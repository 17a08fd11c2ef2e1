package fovea.bias.report;

import fovea.bias.calibration.Calibration;
import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.Evidence;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.Section;
import fovea.bias.report.Findings.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A report for people: one HTML page without any outside reference. Findings in plain language
 * first, then a table and plots for each attribute, methods and sample sizes last.
 */
public final class HtmlReport {
  private static final int MOST_FINDINGS = 8;
  private static final int MOST_REJECTED = 20;
  private static final Set<String> TABLE =
      Set.of(
          "count",
          "base_rate",
          "selection_rate",
          "true_positive_rate",
          "false_positive_rate",
          "precision",
          "accuracy",
          "auc",
          "label_rate",
          "label_missing_rate",
          "quality_grade=good",
          "quality_grade=usable",
          "quality_grade=reject");
  private static final Set<String> NOT_PLOTTED = Set.of("count", "base_rate");

  private final BiasReport report;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(BiasReport report) {
    this.report = report;
  }

  /** The bytes of {@code report.html}, UTF-8. */
  public static byte[] of(BiasReport report) {
    return new HtmlReport(report).page().getBytes(StandardCharsets.UTF_8);
  }

  private String page() {
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>")
        .append(Html.escape(report.title()))
        .append("</title><style>")
        .append(Html.style())
        .append("</style></head><body><main><header><h1>")
        .append(Html.escape(report.title()))
        .append("</h1>");
    paragraph("lead", sizes());
    html.append("</header>");
    findings();
    for (Section section : report.sections()) {
      section(section);
    }
    html.append(MitigationHtml.of(report));
    rejected();
    methods();
    return html.append("</main></body></html>\n").toString();
  }

  private String sizes() {
    BiasReport.Rows rows = report.rows();
    String left = rows.read() == rows.used() ? "" : " of " + rows.read() + " read";
    return rows.used() + " " + report.wording().rows() + left + ".";
  }

  private void findings() {
    html.append("<section class=\"findings\"><h2>What stands out</h2>");
    List<Finding> all = Findings.of(report);
    List<Finding> clear = all.stream().filter(Finding::clear).limit(MOST_FINDINGS).toList();
    if (clear.isEmpty()) {
      paragraph("quiet", Findings.noneClear());
      all.stream().limit(1).forEach(f -> paragraph("", "The largest: " + f.sentence()));
    } else {
      html.append("<ol>");
      clear.forEach(f -> html.append("<li>").append(Html.escape(told(f))).append("</li>"));
      html.append("</ol>");
      long more = all.stream().filter(Finding::clear).count() - clear.size();
      if (more > 0) {
        paragraph("", more + " more differences larger than chance explains are in the tables.");
      }
    }
    html.append("</section>");
  }

  private static String told(Finding finding) {
    Double holm = finding.holm();
    return finding.sentence()
        + (holm == null ? "" : " Adjusted p-value " + Words.probability(holm) + ".");
  }

  private void section(Section section) {
    boolean model = section.subject().equals(Section.MODEL);
    html.append("<h2 class=\"subject\">")
        .append(model ? "The model" : "The data")
        .append("</h2><div class=\"tiles\">");
    section
        .overall()
        .forEach(
            (metric, estimate) -> {
              Double value = estimate.value();
              if (TABLE.contains(metric) && value != null) {
                html.append("<div><b>")
                    .append(Tables.number(metric, value))
                    .append("</b><span>")
                    .append(Html.escape(Words.title(metric)))
                    .append("</span></div>");
              }
            });
    html.append("</div>");
    section.attributes().forEach(a -> attribute(section, a));
  }

  private void attribute(Section section, AttributeFrames attribute) {
    html.append("<section><h3>By ")
        .append(Html.escape(Words.attribute(attribute.attribute())))
        .append("</h3>");
    summary(attribute.summary());
    List<MetricFrame> main =
        attribute.metrics().stream().filter(f -> TABLE.contains(f.metric())).toList();
    html.append(Tables.byGroup(attribute, main, report.smallest())).append("<div class=\"plots\">");
    main.stream().filter(f -> !NOT_PLOTTED.contains(f.metric())).forEach(this::plot);
    html.append("</div>");
    List<MetricFrame> rest =
        attribute.metrics().stream()
            .filter(f -> !TABLE.contains(f.metric()) && !Calibration.METRICS.contains(f.metric()))
            .toList();
    if (!rest.isEmpty()) {
      html.append("<details><summary>More metrics</summary>")
          .append(Tables.byGroup(attribute, rest, report.smallest()))
          .append("</details>");
    }
    if (section.subject().equals(Section.MODEL)) {
      report.details().calibration().stream()
          .filter(c -> c.attribute().equals(attribute.attribute()))
          .forEach(c -> html.append(CalibrationHtml.of(c, attribute, report.smallest())));
    }
    html.append("</section>");
  }

  private void summary(Map<String, Estimate> summary) {
    html.append("<dl class=\"chips\">");
    summary.forEach(
        (name, estimate) -> {
          Double value = estimate.value();
          html.append("<div><dt>")
              .append(Html.escape(Words.title(name)))
              .append("</dt><dd>")
              .append(value == null ? "–" : Words.decimal(value))
              .append("</dd></div>");
        });
    html.append("</dl>");
  }

  private void plot(MetricFrame frame) {
    Double gap = frame.difference().value();
    html.append("<figure><figcaption>")
        .append(Html.escape(Words.title(frame.metric())))
        .append(gap == null ? "" : "<i" + (frame.clear() ? " class=\"clear\"" : "") + ">gap ")
        .append(gap == null ? "" : Tables.gap(frame.metric(), gap) + evidence(frame) + "</i>")
        .append("</figcaption>")
        .append(DotPlot.of(frame))
        .append("</figure>");
  }

  private static String evidence(MetricFrame frame) {
    Evidence evidence = frame.evidence();
    return evidence == null
        ? ""
        : Html.escape(", p adjusted " + Words.probability(evidence.holm()));
  }

  private void rejected() {
    BiasReport.Rows rows = report.rows();
    if (rows.rejected().isEmpty()) {
      return;
    }
    html.append("<section><h2>Rows turned away</h2>");
    paragraph("", "By reason: " + rows.rejected().toString().replaceAll("[{}]", "") + ".");
    if (!rows.listed().isEmpty()) {
      html.append("<table><thead><tr><th>Line</th><th>Reason</th></tr></thead><tbody>");
      rows.listed().stream()
          .limit(MOST_REJECTED)
          .forEach(
              r ->
                  html.append("<tr><th>")
                      .append(r.line())
                      .append("</th><td class=\"text\">")
                      .append(Html.escape(r.reason()))
                      .append("</td></tr>"));
      html.append("</tbody></table>");
    }
    html.append("</section>");
  }

  private void methods() {
    html.append("<section class=\"methods\"><h2>Methods</h2><ul>");
    for (String note : Methods.of(report)) {
      html.append("<li>").append(Html.escape(note)).append("</li>");
    }
    html.append("</ul><h3>Settings</h3><dl class=\"settings\">");
    report
        .settings()
        .forEach(
            (name, value) ->
                html.append("<dt>")
                    .append(Html.escape(name))
                    .append("</dt><dd>")
                    .append(Html.escape(value))
                    .append("</dd>"));
    html.append("</dl></section>");
  }

  private void paragraph(String style, String text) {
    html.append("<p class=\"").append(style).append("\">").append(Html.escape(text)).append("</p>");
  }
}
