package fovea.pipeline;

import fovea.catalog.ApiClient;
import fovea.catalog.ImportReport;
import fovea.catalog.Importers;
import fovea.contract.settings.SettingValues;
import fovea.runtime.JobReport;
import fovea.runtime.ProgressLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The demo's uploads, by the same importers as {@code fovea load}. */
final class DemoUpload {
  private static final String SESSION = "demo-session";

  private final ApiClient api;
  private final Path reports;

  DemoUpload(ApiClient api, Path reports) {
    this.api = api;
    this.reports = reports;
  }

  JobReport photographs(Path folder) throws IOException {
    return run("folder", Map.of("from", folder.toString(), "consent", "research,training"));
  }

  JobReport session(Path folder) throws IOException {
    return run("session", Map.of("from", folder.toString(), "session", SESSION));
  }

  private JobReport run(String importer, Map<String, String> flags) throws IOException {
    try (ProgressLine progress = ProgressLine.standard()) {
      ImportReport report =
          Importers.named(importer).run(api, SettingValues.of(flags), progress::report);
      report.write(reports.resolve("load-" + importer + ".csv"));
      return new JobReport(
          "load " + importer,
          report.images(),
          report.uploaded(),
          report.rejected() == 0 ? Map.of() : Map.of("see-report", report.rejected()),
          report.seconds(),
          Map.of("already there", Long.toString(report.alreadyThere())));
    }
  }
}
