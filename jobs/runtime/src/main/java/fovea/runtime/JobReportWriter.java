package fovea.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Reports as JSON: {@code {job, run, rowsIn, rowsOut, rowsRejected, rejected, seconds, notes}}. */
public final class JobReportWriter {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JobReportWriter() {}

  /** The report as a JSON object; {@code rejected} maps reason codes to counts. */
  public static String json(JobReport report, UUID run) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("job", report.job());
    object.put("run", run.toString());
    object.put("rowsIn", report.rowsIn());
    object.put("rowsOut", report.rowsOut());
    object.put("rowsRejected", report.rowsRejected());
    object.put("rejected", report.rejected());
    object.put("seconds", report.seconds());
    object.put("notes", report.notes());
    try {
      return JSON.writeValueAsString(object) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Writes {@code {job}-{run}.json} into a folder, made where it is missing; whoever reads the file
   * sees all of it or nothing.
   *
   * @throws UncheckedIOException where the folder cannot be written
   */
  public static Path write(JobReport report, UUID run, Path folder) {
    Path file = folder.resolve(report.job() + "-" + run + ".json");
    try {
      Files.createDirectories(folder);
      Path partial = Files.createTempFile(folder, "." + report.job(), ".partial");
      Files.writeString(partial, json(report, run));
      return Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write the report " + file, failed);
    }
  }
}
