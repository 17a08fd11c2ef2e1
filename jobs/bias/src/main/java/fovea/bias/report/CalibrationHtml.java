package fovea.bias.report;

import fovea.bias.calibration.Calibration;
import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Metric;
import fovea.bias.metrics.MetricFrame;
import java.util.ArrayList;
import java.util.List;

/** An attribute's reliability curves and what sums them up. */
final class CalibrationHtml {
  private static final int MOST_CURVES = 12;
  private static final List<String> FIGURES =
      List.of(Metric.COUNT.word(), Metric.BRIER.word(), Metric.EXPECTED_CALIBRATION_ERROR.word());

  private CalibrationHtml() {}

  static String of(Calibration calibration, AttributeFrames attribute, long smallest) {
    List<MetricFrame> figures = new ArrayList<>();
    FIGURES.forEach(m -> attribute.frame(m).ifPresent(figures::add));
    Calibration.METRICS.forEach(m -> attribute.frame(m).ifPresent(figures::add));
    StringBuilder html = new StringBuilder("<h4>Calibration</h4>");
    if (!figures.isEmpty()) {
      html.append(Tables.byGroup(attribute, figures, smallest));
    }
    html.append("<div class=\"curves\">");
    calibration.byGroup().entrySet().stream()
        .filter(g -> !g.getValue().isEmpty())
        .limit(MOST_CURVES)
        .forEach(
            g ->
                html.append("<figure><figcaption>")
                    .append(Html.escape(g.getKey()))
                    .append("</figcaption>")
                    .append(ReliabilityPlot.of(g.getKey(), g.getValue()))
                    .append("</figure>"));
    return html.append("</div>").toString();
  }
}
