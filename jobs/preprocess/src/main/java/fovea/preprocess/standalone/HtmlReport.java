package fovea.preprocess.standalone;

import static fovea.contract.html.Html.escaped;

import fovea.preprocess.quality.Quality;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A page to look at: grades, contact sheet, what was rejected. Needs nothing but itself. */
final class HtmlReport {
  private static final int MOST_REJECTIONS = 500;
  private static final Map<String, String> COLOURS =
      Map.of("good", "#2e7d32", "usable", "#b26a00", "reject", "#b3261e");

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;\
      color:#1b1b1f;background:#fff}
      h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
      .sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(160px,1fr));gap:12px}
      figure{margin:0;font-size:12px;overflow-wrap:anywhere}
      img{width:100%;border-radius:4px;background:#000;display:block}
      table{border-collapse:collapse}td,th{text-align:left;padding:.2rem .8rem .2rem 0;\
      vertical-align:top;overflow-wrap:anywhere;border-bottom:1px solid #ddd}
      """;

  private HtmlReport() {}

  static String of(List<FileResult> results, Summary summary, FolderSettings settings) {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width\">"
        + "<title>Preprocessing report</title><style>"
        + STYLE
        + "</style></head><body><h1>Preprocessing report</h1>"
        + head(summary, settings)
        + "<h2>Grades</h2>"
        + histogram(summary)
        + "<h2>Contact sheet</h2>"
        + sheet(results)
        + "<h2>Rejected files</h2>"
        + rejections(results)
        + "</body></html>\n";
  }

  private static String head(Summary summary, FolderSettings settings) {
    return String.format(
        Locale.ROOT,
        "<p>%d files, %d processed, %d rejected, %.1f s. Parameters <code>%s</code>: <code>%s</code></p>",
        summary.files(),
        summary.processed(),
        summary.rejections(),
        summary.seconds(),
        escaped(settings.pictures().parametersVersion()),
        escaped(settings.pictures().json()));
  }

  private static String histogram(Summary summary) {
    int most = Math.max(1, summary.grades().values().stream().max(Integer::compare).orElse(1));
    StringBuilder bars = new StringBuilder();
    int y = 0;
    for (String grade : List.of("good", "usable", "reject")) {
      int count = summary.grades().getOrDefault(grade, 0);
      bars.append(
          String.format(
              Locale.ROOT,
              "<text x=\"0\" y=\"%d\">%s</text><rect x=\"70\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"%s\"/>"
                  + "<text x=\"%.1f\" y=\"%d\">%d</text>",
              y + 15,
              grade,
              y,
              400.0 * count / most,
              COLOURS.get(grade),
              78 + 400.0 * count / most,
              y + 15,
              count));
      y += 28;
    }
    return "<svg role=\"img\" aria-label=\"Pictures by grade\" width=\"540\" height=\"84\""
        + " font-size=\"14\">"
        + bars
        + "</svg>";
  }

  private static String sheet(List<FileResult> results) {
    return results.stream()
        .filter(result -> result.thumbnail().isPresent())
        .map(HtmlReport::figure)
        .collect(Collectors.joining("", "<div class=\"sheet\">", "</div>"));
  }

  private static String figure(FileResult result) {
    String image = Base64.getEncoder().encodeToString(result.thumbnail().orElse(new byte[0]));
    double score = result.quality().map(Quality::score).orElse(0.0);
    return String.format(
        Locale.ROOT,
        "<figure><img alt=\"\" src=\"data:image/jpeg;base64,%s\"><figcaption>"
            + "<b style=\"color:%s\">%s %.2f</b> %s<br>%s</figcaption></figure>",
        image,
        COLOURS.get(result.grade()),
        result.grade(),
        score,
        escaped(result.code()),
        escaped(result.file()));
  }

  private static String rejections(List<FileResult> results) {
    List<FileResult> rejected = results.stream().filter(r -> !r.isProcessed()).toList();
    if (rejected.isEmpty()) {
      return "<p>None.</p>";
    }
    String more =
        rejected.size() > MOST_REJECTIONS ? "<p>More of them stand in report.csv.</p>" : "";
    return rejected.stream()
        .limit(MOST_REJECTIONS)
        .map(r -> "<tr><td>" + escaped(r.file()) + "</td><td>" + escaped(r.reason()) + "</td></tr>")
        .collect(
            Collectors.joining(
                "", "<table><tr><th>File</th><th>Reason</th></tr>", "</table>" + more));
  }
}
