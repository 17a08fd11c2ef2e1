package fovea.preprocess.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts, settings and seconds for programs. */
final class JsonReport {
  private JsonReport() {}

  static String of(Summary summary, FolderSettings settings) {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("files", summary.files());
    report.put("processed", summary.processed());
    report.put("rejected", summary.rejections());
    report.put("rejectedByReason", summary.rejected());
    report.put("grades", summary.grades());
    report.put("parametersVersion", settings.pictures().parametersVersion());
    try {
      report.put("settings", json.readTree(settings.pictures().json()));
      report.put("threads", settings.threads());
      report.put("seconds", Math.round(summary.seconds() * 1000) / 1000.0);
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException ourOwnJson) {
      throw new IllegalStateException(ourOwnJson);
    }
  }
}
