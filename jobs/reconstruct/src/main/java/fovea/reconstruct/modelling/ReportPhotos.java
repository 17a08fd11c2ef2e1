package fovea.reconstruct.modelling;

import fovea.reconstruct.gate.PhotoVerdict;
import fovea.reconstruct.gate.SessionVerdict;
import fovea.runtime.Csv;
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
      csv.append(Csv.cell(photo.name()))
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
          .append(Csv.cell(photo.sentences()))
          .append('\n');
    }
    ReportFiles.write(file, csv.toString());
  }
}
