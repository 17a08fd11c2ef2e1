package fovea.pipeline;

import fovea.contract.settings.Setting;
import fovea.runtime.Job;
import fovea.runtime.RuntimeSettings;
import java.util.List;

/** A job by its name: over the platform, or alone on a folder where it knows how. */
final class JobCommand implements Command {
  private final Job job;

  JobCommand(Job job) {
    this.job = job;
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
        job.settings(), Standalone.of(name()).map(Standalone::settings).orElse(List.of()),
        RuntimeSettings.ALL);
  }

  @Override
  public void run(Invocation invocation) throws Exception {
    var alone = Standalone.of(name()).filter(s -> s.askedFor(invocation.values()));
    if (alone.isPresent()) {
      alone.get().run(invocation);
      return;
    }
    try (JobRunner runner = JobRunner.open(name(), invocation)) {
      invocation.out().println(runner.run(job).line());
    }
  }
}
