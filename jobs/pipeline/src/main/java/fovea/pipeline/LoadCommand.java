package fovea.pipeline;

import fovea.catalog.ApiClient;
import fovea.catalog.ApiSettings;
import fovea.catalog.ImportReport;
import fovea.catalog.Importer;
import fovea.catalog.Importers;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.runtime.PlatformEnvironment;
import fovea.runtime.ProgressLine;
import fovea.runtime.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code fovea load IMPORTER --from DIR}: a public data set through the API's own uploads. */
final class LoadCommand implements Command {

  @Override
  public String name() {
    return "load";
  }

  @Override
  public String help() {
    return "brings a data set in through the API's uploads: "
        + Importers.all().stream().map(Importer::name).collect(Collectors.joining(" | "));
  }

  @Override
  public String operands() {
    return " IMPORTER";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all = new ArrayList<>();
    Importers.all().forEach(importer -> all.addAll(importer.settings()));
    return Lists.distinct(all, List.of(RuntimeSettings.DATA, RuntimeSettings.REPORTS));
  }

  @Override
  public void run(Invocation invocation) throws IOException {
    if (invocation.operands().isEmpty()) {
      throw new CallerMistake(
          "missing-importer",
          "no importer named",
          "For example: ./fovea load odir5k --from DIR; see ./fovea load --help");
    }
    Importer importer = Importers.named(invocation.operands().get(0));
    RuntimeSettings settings = RuntimeSettings.of(invocation.values());
    Platform.require(settings.data(), invocation.environment());
    ApiClient client =
        ApiClient.signIn(
            ApiSettings.from(PlatformEnvironment.of(settings.data(), invocation.environment())));
    try (ProgressLine progress = ProgressLine.standard()) {
      ImportReport report = importer.run(client, invocation.values(), progress::report);
      progress.close();
      Path csv = settings.reports().resolve("load-" + importer.name() + ".csv");
      report.write(csv);
      invocation.out().println(report.summary());
      if (!report.problems().isEmpty()) {
        invocation.out().println("  rejected rows and notices: " + csv);
      }
    }
  }
}
