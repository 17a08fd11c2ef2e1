package fovea.reconstruct.modelling;

import static fovea.contract.html.Html.escaped;

import fovea.contract.model.ModelFormat;
import fovea.reconstruct.gate.PhotoVerdict;
import fovea.reconstruct.gate.SessionVerdict;
import fovea.scene.Picture;
import fovea.scene.PointCloud;
import fovea.scene.View;
import fovea.sfm.PoseReport;
import fovea.splat.train.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code report.html}: one file that needs nothing else. */
final class ReportHtml {
  private static final int LONGEST = 640;
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0"
          + " 1rem;color:#222}table{border-collapse:collapse}td,th{padding:.3rem"
          + " .8rem;text-align:left;border-bottom:1px solid"
          + " #ddd}img{max-width:100%;height:auto;background:#000}svg{max-width:100%;height:auto}#t{width:32rem}#s{display:block;width:32rem;max-width:100%}.pair{display:grid;grid-template-columns:1fr"
          + " 1fr;gap:.5rem}figure{margin:0 0 1.5rem}";

  private ReportHtml() {}

  static void write(
      Outcome outcome,
      List<Evaluation.Result> heldOut,
      LossCurve curve,
      List<View> views,
      PointCloud points,
      List<Picture> turntable,
      Path file)
      throws IOException {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>Reconstruction</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>Reconstruction</h1>");
    figures(outcome, html);
    turntable(turntable, html);
    files(html);
    html.append("<h2>Held-out views</h2><p>Left the photograph, which training never saw; right")
        .append(" the model from the same place.</p>");
    for (Evaluation.Result result : heldOut) {
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

  // Every frame within the page; the slider shows one, and without scripts the first is there.
  private static void turntable(List<Picture> frames, StringBuilder html) throws IOException {
    html.append("<h2>Around it</h2><figure><img id=\"t\" alt=\"the model from around it\" src=\"")
        .append(Pictures.data(frames.get(0), "jpeg"))
        .append(
            "\"><input id=\"s\" type=\"range\" aria-label=\"where from\" min=\"0\" value=\"0\""
                + " max=\"")
        .append(frames.size() - 1)
        .append("\"></figure><script>const f=[");
    for (Picture frame : frames) {
      html.append('"').append(Pictures.data(frame, "jpeg")).append("\",");
    }
    html.append("];document.getElementById('s').oninput=e=>{")
        .append("document.getElementById('t').src=f[e.target.value]};</script>");
  }

  private static void files(StringBuilder html) {
    html.append("<h2>Files</h2><ul>");
    for (ModelFormat format : ModelFormat.values()) {
      link("model." + format.word(), format.help(), html);
    }
    link(Renders.PREVIEW, "one view", html);
    link(Renders.TURNTABLE, "moving", html);
    link("cameras.json", "where the photographs were taken", html);
    link("points.ply", "what training began with", html);
    link("photos.csv", "advice for each photograph", html);
    link("report.json", "these figures for programs", html);
    html.append("</ul>");
  }

  private static void link(String file, String what, StringBuilder html) {
    html.append("<li><a href=\"").append(file).append("\">").append(file).append("</a>: ");
    html.append(what).append("</li>");
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
    html.append("<img alt=\"")
        .append(alt)
        .append("\" src=\"")
        .append(Pictures.data(Pictures.within(picture, LONGEST), "png"))
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
