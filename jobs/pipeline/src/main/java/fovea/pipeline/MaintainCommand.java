package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.maintain.FsckJob;
import fovea.maintain.OptimizeJob;
import fovea.maintain.VacuumJob;
import fovea.runtime.Job;
import fovea.runtime.RuntimeSettings;
import java.util.Collection;
import java.util.List;

/** {@code fovea maintain optimize|vacuum|fsck}: upkeep of the Delta tables. */
final class MaintainCommand implements Command {
  private static final List<Job> JOBS = List.of(new OptimizeJob(), new VacuumJob(), new FsckJob());

  @Override
  public String name() {
    return "maintain";
  }

  @Override
  public String help() {
    return "upkeep of the Delta tables: optimize joins small files, vacuum removes old ones, fsck"
        + " names damaged ones";
  }

  @Override
  public String operands() {
    return " optimize|vacuum|fsck";
  }

  @Override
  public List<Setting<?>> settings() {
    List<Setting<?>> all =
        JOBS.stream()
            .map(Job::settings)
            .flatMap(Collection::stream)
            .<Setting<?>>map(s -> s)
            .toList();
    return Lists.distinct(all, RuntimeSettings.ALL);
  }

  @Override
  public void run(Invocation invocation) {
    Job job = named(invocation.operands());
    try (JobRunner runner = JobRunner.open(name(), invocation)) {
      invocation.out().println(runner.run(job).line());
    }
  }

  private static Job named(List<String> operands) {
    String word = operands.isEmpty() ? "" : operands.get(0);
    return JOBS.stream()
        .filter(job -> job.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new CallerMistake(
                    "unknown-upkeep",
                    word.isEmpty() ? "no kind of upkeep given" : "unknown upkeep: " + word,
                    "One of: fovea maintain optimize, vacuum or fsck"));
  }
}
