package fovea.pipeline;

import fovea.contract.settings.SettingValues;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobContexts;
import fovea.runtime.JobReport;
import fovea.runtime.JobReportWriter;
import fovea.runtime.RuntimeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One Spark session over the platform's stores, in which jobs run and leave their reports. */
final class JobRunner implements AutoCloseable {
  private final JobContexts contexts;
  private final SettingValues values;
  private final Path data;

  private JobRunner(JobContexts contexts, SettingValues values, Path data) {
    this.contexts = contexts;
    this.values = values;
    this.data = data;
  }

  static JobRunner open(String application, Command.Invocation invocation) throws IOException {
    Path data = Path.of(invocation.values().value(RuntimeSettings.DATA));
    Map<String, String> environment = Platform.environment(data, invocation.environment());
    return new JobRunner(
        JobContexts.open(application, environment, invocation.values()),
        invocation.values(),
        data);
  }

  JobContext context() {
    return contexts.context();
  }

  /** Runs a job under an id of its own; its report lies in DATA/reports. */
  JobReport run(Job job) {
    JobContext context = contexts.context();
    JobReport report = job.run(context);
    try {
      Path folder = Files.createDirectories(data.resolve("reports"));
      JobReportWriter.write(report, folder.resolve(job.name() + "-" + context.run() + ".json"));
    } catch (IOException unwritable) {
      throw new java.io.UncheckedIOException(unwritable);
    }
    return report;
  }

  SettingValues values() {
    return values;
  }

  @Override
  public void close() {
    contexts.close();
  }
}
