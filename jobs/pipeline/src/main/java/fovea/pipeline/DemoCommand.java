package fovea.pipeline;

import fovea.catalog.ApiClient;
import fovea.catalog.ApiSettings;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.runtime.JobReport;
import fovea.runtime.PlatformEnvironment;
import fovea.runtime.RuntimeSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code fovea demo}: synthetic photographs through the whole house. Uploads through the API's
 * presigned URLs, then every stage, then what the API answers; prints where to look.
 */
final class DemoCommand implements Command {
  private static final Setting<Integer> PATIENTS =
      Setting.integer("patients", 60, 10, 100_000, "synthetic patients, two photographs each");
  private static final Setting<Integer> VIEWS =
      Setting.integer("views", 24, 8, 300, "photographs of the synthetic session");
  // Read by the launcher; here so that --help knows it.
  private static final Setting<Boolean> KEEP =
      Setting.flag("keep", "leave the API, Postgres and S3 up afterwards");

  /** A newcomer waits minutes, not an hour. */
  private static final Map<String, String> QUICK = Map.of("preset", "preview", "epochs", "8");

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String help() {
    return "the whole house on synthetic data: uploads, every job, a bias report, a 3D model";
  }

  @Override
  public List<Setting<?>> settings() {
    return Lists.distinct(List.of(PATIENTS, VIEWS, KEEP), PipelineCommand.jobSettings());
  }

  @Override
  public void run(Invocation invocation) throws Exception {
    SettingValues values = invocation.values().withDefaults(QUICK);
    Path data = RuntimeSettings.of(values).data();
    Platform.require(data, invocation.environment());
    Map<String, String> platform = PlatformEnvironment.of(data, invocation.environment());
    PrintStream out = invocation.out();
    try (PlatformMemory memory = PlatformMemory.of(data, platform)) {
      List<JobReport> reports = new ArrayList<>();
      DemoData input = new DemoData(data.resolve("demo"));
      reports.add(
          Timing.of("make data", () -> input.make(values.value(PATIENTS), values.value(VIEWS))));
      ApiClient api = ApiClient.signIn(ApiSettings.from(platform));
      DemoUpload upload = new DemoUpload(api, RuntimeSettings.of(values).reports());
      reports.add(upload.photographs(input.cohort()));
      reports.add(upload.session(input.session()));
      try (JobRunner runner =
          JobRunner.open(
              name(), new Invocation(List.of(), values, invocation.environment(), out))) {
        reports.addAll(ResearchPipeline.run(runner::run));
        out.println("\n" + PipelineCommand.table(reports));
        out.println("\n" + TableCounts.of(runner.context().lake()));
        out.println("\n" + new DemoAnswers(api, runner.context().objects(), data).text());
      }
      out.println("\n" + memory.table());
    }
  }
}
