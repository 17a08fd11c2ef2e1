package fovea.preprocess.standalone;

import fovea.preprocess.quality.Quality;
import fovea.runtime.Csv;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** One row a file, RFC 4180; cells that a spreadsheet would take for formulas are quoted. */
final class CsvReport {
  private static final String HEADER =
      "file,outcome,reason_code,reason,width,height,grade,score,focus,illumination,contrast,"
          + "field,artefact,disc_x,disc_y,disc_radius,disc_reason,fovea_x,fovea_y,fovea_reason,"
          + "laterality,laterality_found,laterality_agrees,laterality_reason,"
          + "vessel_density,vessel_density_reason,cup_to_disc,cup_to_disc_reason,output";

  private CsvReport() {}

  static String of(List<FileResult> results) {
    return results.stream()
        .map(CsvReport::row)
        .collect(Collectors.joining("\n", HEADER + "\n", "\n"));
  }

  private static String row(FileResult result) {
    boolean processed = result.isProcessed();
    return String.join(
        ",",
        Csv.cell(result.file()),
        processed ? "processed" : "rejected",
        Csv.cell(result.code()),
        Csv.cell(result.reason()),
        processed ? Integer.toString(result.width()) : "",
        processed ? Integer.toString(result.height()) : "",
        result.grade(),
        score(result, Quality::score),
        score(result, Quality::focus),
        score(result, Quality::illumination),
        score(result, Quality::contrast),
        score(result, Quality::field),
        score(result, Quality::artefact),
        processed ? AnatomyCells.of(result.anatomy(), result.file()) : AnatomyCells.NONE,
        Csv.cell(result.output()));
  }

  private static String score(FileResult result, ToDoubleFunction<Quality> which) {
    return result
        .quality()
        .map(quality -> String.format(Locale.ROOT, "%.4f", which.applyAsDouble(quality)))
        .orElse("");
  }
}
