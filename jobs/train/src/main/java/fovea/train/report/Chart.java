package fovea.train.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line chart as inline SVG, 360 x 240 user units. */
final class Chart {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 240;
  private static final int LEFT = 44;
  private static final int RIGHT = 12;
  private static final int TOP = 28;
  private static final int BOTTOM = 36;

  private final String title;
  private final String across;
  private final Range x;
  private final Range y;
  private final StringBuilder body = new StringBuilder();
  private int lines;

  Chart(String title, String across, Range x, Range y) {
    this.title = title;
    this.across = across;
    this.x = x;
    this.y = y;
  }

  /** Adds a line through points, named in the legend. */
  Chart line(String name, String colour, List<Point> points) {
    String path = points.stream().map(p -> place(p.x(), p.y())).collect(Collectors.joining(" "));
    body.append(
        "<polyline fill='none' stroke='%s' stroke-width='2' points='%s'/>".formatted(colour, path));
    body.append(text(LEFT + 8 + 150 * lines++, TOP - 6, "start", colour, name));
    return this;
  }

  /** Adds the diagonal of a coin's answers. */
  Chart diagonal() {
    body.append(
        "<polyline fill='none' stroke='#aaa' stroke-dasharray='4 4' points='%s %s'/>"
            .formatted(place(x.least(), y.least()), place(x.most(), y.most())));
    return this;
  }

  String svg() {
    return "<figure><figcaption>%s</figcaption><svg viewBox='0 0 %d %d' role='img'>%s%s</svg></figure>"
        .formatted(title, WIDTH, HEIGHT, axes(), body);
  }

  private String axes() {
    StringBuilder axes = new StringBuilder();
    for (int i = 0; i <= 4; i++) {
      double valueX = x.least() + (x.most() - x.least()) * i / 4;
      double valueY = y.least() + (y.most() - y.least()) * i / 4;
      axes.append(
          "<polyline stroke='#e3e3e3' points='%s %s'/>"
              .formatted(place(x.least(), valueY), place(x.most(), valueY)));
      axes.append(text(LEFT - 6, across(valueX, valueY)[1] + 4, "end", "#555", number(valueY)));
      axes.append(
          text(across(valueX, valueY)[0], HEIGHT - BOTTOM + 14, "middle", "#555", number(valueX)));
    }
    return axes + text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 4, "middle", "#555", across);
  }

  private String place(double valueX, double valueY) {
    double[] at = across(valueX, valueY);
    return String.format(Locale.ROOT, "%.1f,%.1f", at[0], at[1]);
  }

  private double[] across(double valueX, double valueY) {
    double right = (valueX - x.least()) / (x.most() - x.least());
    double up = (valueY - y.least()) / (y.most() - y.least());
    return new double[] {
      LEFT + right * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)
    };
  }

  private static String text(double x, double y, String anchor, String colour, String text) {
    return String.format(
        Locale.ROOT,
        "<text x='%.1f' y='%.1f' text-anchor='%s' fill='%s' font-size='11'>%s</text>",
        x,
        y,
        anchor,
        colour,
        text);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) >= 1
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  /** One point in the units of the axes. */
  record Point(double x, double y) {}

  /** The values an axis shows; never empty. */
  record Range(double least, double most) {
    Range {
      most = most > least ? most : least + 1;
    }
  }
}
