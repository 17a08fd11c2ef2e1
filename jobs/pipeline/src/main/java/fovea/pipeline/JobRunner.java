package fovea.pipeline;

import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobContexts;
import fovea.runtime.JobReport;
import fovea.runtime.JobReportWriter;
import fovea.runtime.ProgressLine;
import fovea.runtime.RuntimeSettings;

/** One Spark session over the platform's stores, in which jobs run and leave their reports. */
final class JobRunner implements AutoCloseable {
  private final JobContexts contexts;
  private final ProgressLine progress;
  private final RuntimeSettings settings;

  private JobRunner(JobContexts contexts, ProgressLine progress, RuntimeSettings settings) {
    this.contexts = contexts;
    this.progress = progress;
    this.settings = settings;
  }

  static JobRunner open(String name, Command.Invocation invocation) {
    RuntimeSettings settings = RuntimeSettings.of(invocation.values());
    Platform.require(settings.data(), invocation.environment());
    ProgressLine progress = ProgressLine.standard();
    return new JobRunner(
        JobContexts.open("fovea " + name, invocation.values(), invocation.environment(), progress),
        progress,
        settings);
  }

  JobContext context() {
    return contexts.context();
  }

  /** Runs a job under an id of its own; its report lies in the folder of reports. */
  JobReport run(Job job) {
    JobContext context = contexts.context().withNewRun();
    JobReport report = job.run(context);
    progress.close();
    JobReportWriter.write(report, context.run(), settings.reports());
    return report;
  }

  /** Clears the line of progress, before results are printed. */
  void endProgress() {
    progress.close();
  }

  @Override
  public void close() {
    progress.close();
    contexts.close();
  }
}
