package fovea.maintain;

import fovea.contract.settings.Setting;
import fovea.lake.Compaction;
import fovea.lake.Upkeep;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Timer;
import java.util.List;
import java.util.Map;

/**
 * Joins the small files of tables into larger ones. Its report counts files: in before, out after;
 * a note a table says how many were small.
 */
public final class OptimizeJob implements Job {

  @Override
  public String name() {
    return "optimize";
  }

  @Override
  public String help() {
    return "joins small files of the tables into larger ones";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MaintainSettings.TABLES);
  }

  @Override
  public JobReport run(JobContext context) {
    Timer timer = Timer.start();
    EachTable<Compaction> tables = EachTable.of(context, name(), Upkeep::optimize);
    Map<String, String> notes = tables.notes(OptimizeJob::small);
    notes.put("bytes rewritten", Long.toString(tables.sum(Compaction::bytesRewritten)));
    return new JobReport(
        name(),
        tables.sum(done -> done.before().files()),
        tables.sum(done -> done.after().files()),
        Map.of(),
        timer.seconds(),
        notes);
  }

  private static String small(Compaction done) {
    return done.before().small() + " -> " + done.after().small() + " small files";
  }
}
