package fovea.maintain;

import fovea.contract.settings.Setting;
import fovea.lake.Compaction;
import fovea.lake.LakeTable;
import fovea.lake.Upkeep;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Timer;
import java.util.LinkedHashMap;
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
    List<LakeTable> tables = MaintainSettings.tables(context);
    Map<String, String> notes = new LinkedHashMap<>();
    long before = 0;
    long after = 0;
    long rewritten = 0;
    for (LakeTable table : tables) {
      context.progress().report(name(), notes.size(), tables.size());
      Compaction done = Upkeep.of(table).optimize();
      before += done.before().files();
      after += done.after().files();
      rewritten += done.bytesRewritten();
      notes.put(table.name(), small(done));
    }
    context.progress().report(name(), tables.size(), tables.size());
    notes.put("bytes rewritten", Long.toString(rewritten));
    return new JobReport(name(), before, after, Map.of(), timer.seconds(), notes);
  }

  private static String small(Compaction done) {
    return done.before().small() + " -> " + done.after().small() + " small files";
  }
}
