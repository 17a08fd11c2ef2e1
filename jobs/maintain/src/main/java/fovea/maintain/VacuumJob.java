package fovea.maintain;

import fovea.contract.settings.Setting;
import fovea.lake.Sweep;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Timer;
import java.util.List;
import java.util.Map;

/**
 * Removes files that no version of the last hours needs, and checkpoints of trainings that nobody
 * will go on from. Its report counts tables in and files removed out; a note a table says how many
 * bytes.
 */
public final class VacuumJob implements Job {
  private static final String TRAININGS = "training_runs";

  @Override
  public String name() {
    return "vacuum";
  }

  @Override
  public String help() {
    return "removes files that no version of the last --retain-hours needs, and stale checkpoints";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MaintainSettings.TABLES, MaintainSettings.RETAIN_HOURS);
  }

  @Override
  public JobReport run(JobContext context) {
    Timer timer = Timer.start();
    int hours = context.values().value(MaintainSettings.RETAIN_HOURS);
    EachTable<Sweep> tables = EachTable.of(context, name(), upkeep -> upkeep.vacuum(hours));
    Map<String, String> notes = tables.notes(swept -> swept.files() + " files");
    if (tables.results().containsKey(TRAININGS)) {
      StaleCheckpoints stale = StaleCheckpoints.remove(context, hours);
      notes.put("checkpoints removed", stale.objects() + " (" + stale.bytes() + " bytes)");
    }
    notes.put("bytes removed", Long.toString(tables.sum(Sweep::bytes)));
    return new JobReport(
        name(),
        tables.results().size(),
        tables.sum(Sweep::files),
        Map.of(),
        timer.seconds(),
        notes);
  }
}
