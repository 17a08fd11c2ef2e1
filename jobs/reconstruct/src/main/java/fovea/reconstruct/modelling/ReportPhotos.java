package fovea.reconstruct.modelling;

import fovea.reconstruct.gate.PhotoVerdict;
import fovea.reconstruct.gate.SessionVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** {@code photos.csv}: one row a photograph, what the gate says of it and what to do. */
final class ReportPhotos {
  private static final String HEAD =
      "photo,grade,sharpness,brightest,burnt,features,neighbours,advice\n";

  private ReportPhotos() {}

  static void write(SessionVerdict verdict, Path file) throws IOException {
    StringBuilder csv = new StringBuilder(HEAD);
    for (PhotoVerdict photo : verdict.photos()) {
      csv.append(quoted(photo.name()))
          .append(
              String.format(
                  Locale.ROOT,
                  ",%s,%.2f,%.0f,%.3f,%d,%d,",
                  photo.grade().word(),
                  photo.sharpness(),
                  photo.brightest(),
                  photo.burnt(),
                  photo.features(),
                  photo.neighbours()))
          .append(quoted(photo.sentences()))
          .append('\n');
    }
    ReportFiles.write(file, csv.toString());
  }

  // A name is the photographer's: a leading sign must not become a formula in a spreadsheet.
  private static String quoted(String text) {
    String neutral = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    return '"' + neutral.replace("\"", "\"\"") + '"';
  }
}
