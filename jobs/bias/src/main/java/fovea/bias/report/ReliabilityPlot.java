package fovea.bias.report;

import fovea.bias.calibration.Bin;
import fovea.bias.calibration.Curve;
import fovea.contract.statistics.Interval;
import java.util.Locale;

/** A reliability curve as inline SVG: mean score to the right, share of positives upward. */
final class ReliabilityPlot {
  private static final int SIZE = 190;
  private static final int LEFT = 34;
  private static final int TOP = 8;

  private ReliabilityPlot() {}

  static String of(String group, Curve curve) {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Reliability curve of %s\">",
        LEFT + SIZE + 12,
        TOP + SIZE + 34,
        Html.escape(group));
    for (int tick = 0; tick <= 4; tick++) {
      double at = tick / 4.0;
      line(svg, "grid", at, 0, at, 1);
      line(svg, "grid", 0, at, 1, at);
      add(svg, "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%.2f</text>", x(at), TOP + SIZE + 14, at);
      add(
          svg,
          "<text class=\"tick\" x=\"%d\" y=\"%.1f\">%.0f%%</text>",
          LEFT - 17,
          y(at) + 4,
          100 * at);
    }
    line(svg, "overall", 0, 0, 1, 1);
    bins(svg, curve);
    add(
        svg,
        "<text class=\"tick\" x=\"%.1f\" y=\"%d\">mean score</text></svg>",
        x(0.5),
        TOP + SIZE + 29);
    return svg.toString();
  }

  private static void bins(StringBuilder svg, Curve curve) {
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    for (Bin bin : curve.bins()) {
      Double score = bin.score();
      Double share = bin.share().value();
      if (score == null || share == null) {
        continue;
      }
      add(path, "%.1f,%.1f ", x(score), y(share));
      Interval interval = bin.share().interval();
      if (interval != null) {
        line(dots, "interval", score, interval.lower(), score, interval.upper());
      }
      add(
          dots,
          "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s of %s</title></circle>",
          x(score),
          y(share),
          Words.percent(share),
          String.valueOf(bin.share().count()));
    }
    add(svg, "<polyline class=\"curve\" points=\"%s\"/>", path.toString().strip());
    svg.append(dots);
  }

  private static void line(
      StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
    add(
        svg,
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        style,
        x(x1),
        y(y1),
        x(x2),
        y(y2));
  }

  private static double x(double value) {
    return LEFT + SIZE * value;
  }

  private static double y(double value) {
    return TOP + SIZE * (1 - value);
  }

  private static void add(StringBuilder svg, String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments));
  }
}
