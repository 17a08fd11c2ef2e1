package fovea.pipeline;

import fovea.contract.settings.Setting;
import fovea.runtime.Job;
import fovea.runtime.ProgressLine;
import fovea.runtime.RuntimeSettings;
import java.util.List;
import java.util.Optional;

/** A job by its name: over the platform, or alone on files where it knows how. */
final class JobCommand implements Command {
  private final Job job;
  private final Optional<Standalone> standalone;

  JobCommand(Job job) {
    this.job = job;
    this.standalone = Standalone.of(job.name());
  }

  @Override
  public String name() {
    return job.name();
  }

  @Override
  public String help() {
    return job.help();
  }

  @Override
  public List<Setting<?>> settings() {
    return Lists.distinct(
        standalone.map(Standalone::settings).orElse(List.of()),
        job.settings(),
        RuntimeSettings.ALL);
  }

  @Override
  public void run(Invocation invocation) {
    if (standalone.isPresent() && standalone.get().askedFor(invocation.values())) {
      alone(standalone.get(), invocation);
    } else {
      try (JobRunner runner = JobRunner.open(name(), invocation)) {
        invocation.out().println(runner.run(job).line());
      }
    }
  }

  private static void alone(Standalone form, Invocation invocation) {
    try (ProgressLine progress = ProgressLine.standard()) {
      String line = form.work().apply(invocation.values(), progress).line();
      progress.close();
      invocation.out().println(line);
    }
  }
}
