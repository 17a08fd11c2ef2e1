package fovea.train.report;

import static fovea.contract.html.Html.escaped;

import fovea.contract.statistics.Interval;
import fovea.train.metrics.Figures;
import fovea.train.metrics.Subgroup;
import java.util.List;
import java.util.Locale;

/** The area under the curve of each group as a dot on its interval, as inline SVG. */
final class Dots {
  private static final int WIDTH = 720;
  private static final int LEFT = 140;
  private static final int RIGHT = 20;
  private static final int ROW = 24;
  private static final int BOTTOM = 30;

  private Dots() {}

  static String svg(Figures all, List<Subgroup> groups) {
    StringBuilder body = new StringBuilder();
    int row = 0;
    body.append(dot("all", all, row++));
    for (Subgroup group : groups) {
      Figures figures = group.figures();
      if (figures != null) {
        body.append(dot(escaped(group.group()), figures, row++));
      }
    }
    int height = row * ROW + BOTTOM;
    return "<figure class='wide'><figcaption>AUC with its 95%% interval</figcaption><svg viewBox='0 0 %d %d' role='img'>%s%s</svg></figure>"
        .formatted(WIDTH, height, axis(height - BOTTOM), body);
  }

  private static String dot(String name, Figures figures, int row) {
    double y = (row + 0.5) * ROW;
    Interval interval = figures.aucInterval();
    return String.format(
        Locale.ROOT,
        "<text x='%d' y='%.1f' text-anchor='end' font-size='12'>%s</text>"
            + "<polyline stroke='#1f6fb2' stroke-width='2' points='%.1f,%.1f %.1f,%.1f'/>"
            + "<circle cx='%.1f' cy='%.1f' r='4' fill='#1f6fb2'/>",
        LEFT - 10,
        y + 4,
        name,
        across(interval.lower()),
        y,
        across(interval.upper()),
        y,
        across(figures.auc()),
        y);
  }

  private static String axis(int bottom) {
    StringBuilder axis = new StringBuilder();
    for (int i = 0; i <= 4; i++) {
      axis.append(
          String.format(
              Locale.ROOT,
              "<polyline stroke='#e3e3e3' points='%1$.1f,0 %1$.1f,%2$d'/>"
                  + "<text x='%1$.1f' y='%3$d' text-anchor='middle' fill='#555' font-size='11'>%4$.2f</text>",
              across(i / 4.0),
              bottom,
              bottom + 16,
              i / 4.0));
    }
    return axis.toString();
  }

  private static double across(double value) {
    return LEFT + value * (WIDTH - LEFT - RIGHT);
  }
}
