package fovea.reconstruct.modelling;

import fovea.scene.PointCloud;
import fovea.scene.View;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Inline SVG. */
final class ReportCharts {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 240;
  private static final int LEFT = 60;
  private static final int BOTTOM = 30;
  private static final int SQUARE = 480;
  private static final int MOST_POINTS = 800;

  private ReportCharts() {}

  static String loss(LossCurve curve) {
    double[] means = curve.means();
    double most = Math.max(1e-9, Arrays.stream(means).max().orElse(1));
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < means.length; i++) {
      double x = LEFT + (WIDTH - LEFT - 10.0) * (i + 0.5) / means.length;
      double y = 10 + (HEIGHT - BOTTOM - 10.0) * (1 - means[i] / most);
      line.append(text("%.1f,%.1f ", x, y));
    }
    double base = HEIGHT - BOTTOM;
    return text("<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">", WIDTH, HEIGHT, WIDTH)
        + "<title>Loss over training</title>"
        + text("<path d=\"M%d 10V%.0fH%d\" fill=\"none\" stroke=\"#888\"/>", LEFT, base, WIDTH - 10)
        + "<polyline fill=\"none\" stroke=\"#0b62a4\" stroke-width=\"2\" points=\""
        + line
        + "\"/>"
        + text("<text x=\"5\" y=\"20\" font-size=\"12\">%.4f</text>", most)
        + text("<text x=\"40\" y=\"%.0f\" font-size=\"12\">0</text>", base)
        + text("<text x=\"%d\" y=\"%d\" font-size=\"12\">step 0</text>", LEFT, HEIGHT - 10)
        + text(
            "<text x=\"%d\" y=\"%d\" font-size=\"12\" text-anchor=\"end\">step %d</text>",
            WIDTH - 10, HEIGHT - 10, curve.iterations())
        + "</svg>";
  }

  static String cameras(List<View> views, Set<String> heldOut, PointCloud points) {
    int flat = flattest(views);
    int u = flat == 0 ? 1 : 0;
    int v = flat == 2 ? 1 : 2;
    double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, 1e-9};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
    for (View view : views) {
      double[] c = view.pose().centre();
      box[0] = Math.min(box[0], c[u]);
      box[1] = Math.min(box[1], c[v]);
      high[0] = Math.max(high[0], c[u]);
      high[1] = Math.max(high[1], c[v]);
    }
    box[2] = Math.max(box[2], 1.3 * Math.max(high[0] - box[0], high[1] - box[1]));
    box[0] = (box[0] + high[0] - box[2]) / 2;
    box[1] = (box[1] + high[1] - box[2]) / 2;
    StringBuilder svg = new StringBuilder();
    svg.append(
        text("<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\">", SQUARE, SQUARE, SQUARE));
    svg.append("<title>Where the cameras stood</title>");
    int every = Math.max(1, points.size() / MOST_POINTS);
    for (int i = 0; i < points.size(); i += every) {
      double x = place(points.positions()[3 * i + u], box[0], box[2]);
      double y = place(points.positions()[3 * i + v], box[1], box[2]);
      svg.append(text("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1\" fill=\"#999\"/>", x, y));
    }
    for (View view : views) {
      camera(view, heldOut.contains(view.name()) ? "#c0392b" : "#0b62a4", u, v, box, svg);
    }
    return svg.append("</svg>").toString();
  }

  private static void camera(
      View view, String colour, int u, int v, double[] box, StringBuilder svg) {
    double[] centre = view.pose().centre();
    double[] forward = view.pose().forward();
    double x = place(centre[u], box[0], box[2]);
    double y = place(centre[v], box[1], box[2]);
    svg.append(
        text("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", x, y, colour)
            + text(
                "<path d=\"M%.1f %.1fl%.1f %.1f\" stroke=\"%s\" stroke-width=\"2\"/>",
                x, y, 20 * forward[u], 20 * forward[v], colour));
  }

  private static double place(double value, double low, double size) {
    return (value - low) / size * SQUARE;
  }

  private static int flattest(List<View> views) {
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    for (View view : views) {
      double[] c = view.pose().centre();
      for (int k = 0; k < 3; k++) {
        low[k] = Math.min(low[k], c[k]);
        high[k] = Math.max(high[k], c[k]);
      }
    }
    int flattest = 0;
    for (int k = 1; k < 3; k++) {
      flattest = high[k] - low[k] < high[flattest] - low[flattest] ? k : flattest;
    }
    return flattest;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
