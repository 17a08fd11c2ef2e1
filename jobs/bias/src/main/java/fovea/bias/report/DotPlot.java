package fovea.bias.report;

import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.MetricFrame;
import fovea.contract.statistics.Interval;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One metric as dots with intervals on an axis from 0 to 1, a line a group, as inline SVG. */
final class DotPlot {
  private static final int WIDTH = 460;
  private static final int LEFT = 130;
  private static final int RIGHT = 400;
  private static final int ROW = 26;
  private static final int TOP = 10;

  private DotPlot() {}

  static String of(MetricFrame frame) {
    int bottom = TOP + ROW * frame.byGroup().size();
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s by group\">",
        WIDTH,
        bottom + 24,
        Html.escape(Words.title(frame.metric())));
    for (int tick = 0; tick <= 4; tick++) {
      double x = x(tick / 4.0);
      add(
          svg,
          "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
          x,
          TOP,
          x,
          bottom);
      add(
          svg,
          "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s</text>",
          x,
          bottom + 16,
          Tables.tick(frame.metric(), tick / 4.0));
    }
    Double overall = frame.overall().value();
    if (overall != null) {
      double x = x(overall);
      add(
          svg,
          "<line class=\"overall\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
          x,
          TOP - 6,
          x,
          bottom);
    }
    int y = TOP + ROW / 2;
    for (var group : frame.byGroup().entrySet()) {
      row(svg, frame, group.getKey(), group.getValue(), y);
      y += ROW;
    }
    return svg.append("</svg>").toString();
  }

  private static void row(
      StringBuilder svg, MetricFrame frame, String group, Estimate estimate, int y) {
    add(
        svg,
        "<text class=\"group\" x=\"%d\" y=\"%d\">%s</text>",
        LEFT - 12,
        y + 4,
        Html.escape(shortened(group)));
    Double value = estimate.value();
    if (value == null) {
      String reason = estimate.isTooFew() ? Estimate.TOO_FEW : "undefined";
      String why = estimate.isWithheld() ? "withheld" : reason;
      add(svg, "<text class=\"none\" x=\"%d\" y=\"%d\">%s</text>", LEFT + 6, y + 4, why);
      return;
    }
    String mark = frame.clear() ? mark(frame, group) : "";
    Interval interval = estimate.interval();
    if (interval != null) {
      add(
          svg,
          "<line class=\"interval%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
          mark,
          x(interval.lower()),
          y,
          x(interval.upper()),
          y);
    }
    add(svg, "<circle class=\"dot%s\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>", mark, x(value), y);
    add(
        svg,
        "<text class=\"value\" x=\"%d\" y=\"%d\">%s</text>",
        RIGHT + 12,
        y + 4,
        Tables.number(frame.metric(), value));
  }

  private static String mark(MetricFrame frame, @Nullable String group) {
    if (group != null && group.equals(frame.highest())) {
      return " high";
    }
    return group != null && group.equals(frame.lowest()) ? " low" : "";
  }

  private static String shortened(String group) {
    return group.length() <= 18 ? group : group.substring(0, 17) + "…";
  }

  private static double x(double value) {
    return LEFT + (RIGHT - LEFT) * Math.max(0, Math.min(1, value));
  }

  private static void add(StringBuilder svg, String format, Object... arguments) {
    svg.append(String.format(Locale.ROOT, format, arguments));
  }
}
