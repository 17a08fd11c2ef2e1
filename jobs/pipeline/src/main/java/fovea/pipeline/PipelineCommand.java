package fovea.pipeline;

import fovea.contract.settings.Setting;
import fovea.runtime.Job;
import fovea.runtime.JobReport;
import fovea.runtime.RuntimeSettings;
import java.util.Collection;
import java.util.List;

/** {@code fovea pipeline}: every stage in order, in one Spark session. */
final class PipelineCommand implements Command {
  // A first stage that goes on for ever would leave nothing to the others.
  private static final String ENDLESS = "follow";

  @Override
  public String name() {
    return "pipeline";
  }

  @Override
  public String help() {
    return "every job in order: ingest preprocess bias train predict bias reconstruct";
  }

  @Override
  public List<Setting<?>> settings() {
    return jobSettings();
  }

  /**
   * The settings of all jobs together, but for those that make one of them endless, and for names
   * that mean one thing to one job and another to the next: those are given to the job itself.
   */
  static List<Setting<?>> jobSettings() {
    List<Setting<?>> all =
        ResearchPipeline.stages().stream()
            .map(Job::settings)
            .flatMap(Collection::stream)
            .filter(setting -> !setting.name().equals(ENDLESS))
            .<Setting<?>>map(s -> s)
            .toList();
    return Lists.distinct(Lists.withOneMeaning(all), RuntimeSettings.ALL);
  }

  @Override
  public void run(Invocation invocation) throws Exception {
    try (JobRunner runner = JobRunner.open(name(), invocation)) {
      invocation.out().println(table(ResearchPipeline.run(runner::run)));
    }
  }

  static Table table(List<JobReport> reports) {
    Table table = new Table("stage", "in", "out", "rejected", "seconds", "notes");
    for (JobReport report : reports) {
      table.row(
          report.job(),
          report.rowsIn(),
          report.rowsOut(),
          report.rejected().isEmpty() ? "0" : report.rowsRejected() + " " + report.rejected(),
          String.format(java.util.Locale.ROOT, "%.1f", report.seconds()),
          String.join(
              ", ",
              report.notes().entrySet().stream()
                  .map(note -> note.getKey() + " " + note.getValue())
                  .toList()));
    }
    return table;
  }
}
