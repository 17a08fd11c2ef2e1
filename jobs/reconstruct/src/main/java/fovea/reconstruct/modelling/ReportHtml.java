package fovea.reconstruct.modelling;

import static fovea.contract.html.Html.escaped;

import fovea.reconstruct.gate.PhotoVerdict;
import fovea.reconstruct.gate.SessionVerdict;
import fovea.scene.Picture;
import fovea.scene.PointCloud;
import fovea.scene.Resizing;
import fovea.scene.View;
import fovea.sfm.PoseReport;
import fovea.splat.train.Evaluation;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;

/** {@code report.html}: one file that needs nothing else. */
final class ReportHtml {
  private static final int MOST_VIEWS = 8;
  private static final int LONGEST = 640;
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;"
          + "color:#222}table{border-collapse:collapse}td,th{padding:.3rem .8rem;text-align:left;"
          + "border-bottom:1px solid #ddd}img{max-width:100%;height:auto;background:#000}"
          + "svg{max-width:100%;height:auto}.pair{display:grid;grid-template-columns:1fr 1fr;"
          + "gap:.5rem}figure{margin:0 0 1.5rem}";

  private ReportHtml() {}

  static void write(
      Outcome outcome,
      List<Evaluation.Result> heldOut,
      LossCurve curve,
      List<View> views,
      PointCloud points,
      Path file)
      throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>Reconstruction</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Reconstruction</h1>");
    figures(outcome, html);
    html.append("<h2>Held-out views</h2><p>Left the photograph, which training never saw; right")
        .append(" the model from the same place.</p>");
    for (Evaluation.Result result : heldOut.subList(0, Math.min(MOST_VIEWS, heldOut.size()))) {
      pair(result, html);
    }
    photos(outcome.gate(), html);
    html.append("<h2>Loss</h2>").append(ReportCharts.loss(curve));
    Set<String> held = new HashSet<>();
    heldOut.forEach(r -> held.add(r.view().name()));
    html.append("<h2>Cameras</h2><p>Seen along the axis in which they differ least; held-out ")
        .append("cameras are red, the points training began with grey.</p>")
        .append(ReportCharts.cameras(views, held, points));
    warnings(outcome, html);
    ReportFiles.write(file, html.append("</body></html>\n").toString());
  }

  private static void figures(Outcome outcome, StringBuilder html) {
    html.append("<table>");
    row(
        html,
        "Photographs",
        outcome.photos()
            + ", "
            + outcome.registered()
            + " with poses, "
            + outcome.used()
            + " used");
    row(
        html,
        "Reprojection error",
        outcome.reprojectionErrorPixels().isPresent()
            ? number("%.2f pixels", outcome.reprojectionErrorPixels().getAsDouble())
            : "unknown: the poses came without points");
    outcome.poses().ifPresent(poses -> row(html, "Poses", sentence(poses)));
    row(html, "Gaussians", String.valueOf(outcome.gaussians()));
    row(
        html,
        "Training",
        outcome.iterations()
            + " steps on the "
            + outcome.device()
            + number(", %.0f seconds in all", outcome.seconds()));
    row(html, "PSNR on held-out views", number("%.2f dB", outcome.psnr()));
    row(html, "SSIM on held-out views", number("%.4f", outcome.ssim()));
    html.append("</table>");
  }

  private static String sentence(PoseReport poses) {
    return "found by "
        + poses.by()
        + " for "
        + poses.registered().size()
        + " of "
        + poses.photos()
        + " photographs, "
        + poses.points()
        + " points"
        + number(", each in %.1f photographs", poses.trackLength())
        + number("; focal length %.0f pixels, ", poses.focalPixels())
        + poses.focal();
  }

  private static void photos(SessionVerdict gate, StringBuilder html) {
    html.append("<h2>Photographs</h2><table><tr><th>Photograph</th><th>Grade</th>")
        .append("<th>Sharpness</th><th>Overlaps with</th><th>Advice</th></tr>");
    for (PhotoVerdict photo : gate.photos()) {
      html.append("<tr><td>")
          .append(escaped(photo.name()))
          .append("</td><td>")
          .append(photo.grade().word())
          .append(number("</td><td>%.1f", photo.sharpness()))
          .append("</td><td>")
          .append(photo.neighbours())
          .append("</td><td>")
          .append(escaped(photo.sentences()))
          .append("</td></tr>");
    }
    html.append("</table>");
  }

  private static void row(StringBuilder html, String name, String value) {
    html.append("<tr><th>").append(name).append("</th><td>").append(value).append("</td></tr>");
  }

  private static void pair(Evaluation.Result result, StringBuilder html) throws IOException {
    html.append("<figure><div class=\"pair\">");
    image(result.view().picture(), "photograph", html);
    image(result.drawn(), "model", html);
    html.append("</div><figcaption>")
        .append(escaped(result.view().name()))
        .append(number(": PSNR %.2f dB", result.psnr()))
        .append(number(", SSIM %.4f", result.ssim()))
        .append("</figcaption></figure>");
  }

  private static void image(Picture picture, String alt, StringBuilder html) throws IOException {
    double scale = Math.min(1, LONGEST / (double) Math.max(picture.width(), picture.height()));
    Picture small =
        Resizing.to(
            picture,
            (int) Math.max(1, Math.round(picture.width() * scale)),
            (int) Math.max(1, Math.round(picture.height() * scale)));
    BufferedImage image =
        new BufferedImage(small.width(), small.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        image.setRGB(
            x, y, small.value(0, x, y) << 16 | small.value(1, x, y) << 8 | small.value(2, x, y));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    html.append("<img alt=\"")
        .append(alt)
        .append("\" src=\"data:image/png;base64,")
        .append(Base64.getEncoder().encodeToString(bytes.toByteArray()))
        .append("\">");
  }

  private static void warnings(Outcome outcome, StringBuilder html) {
    if (outcome.warnings().isEmpty()) {
      return;
    }
    html.append("<h2>Left out</h2><ul>");
    outcome.warnings().forEach(w -> html.append("<li>").append(escaped(w)).append("</li>"));
    html.append("</ul>");
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
