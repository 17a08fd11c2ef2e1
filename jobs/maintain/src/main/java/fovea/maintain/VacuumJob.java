package fovea.maintain;

import fovea.contract.settings.Setting;
import fovea.lake.LakeTable;
import fovea.lake.Sweep;
import fovea.lake.Upkeep;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Timer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes files that no version of the last hours needs. Its report counts tables in and files
 * removed out; a note a table says how many bytes.
 */
public final class VacuumJob implements Job {

  @Override
  public String name() {
    return "vacuum";
  }

  @Override
  public String help() {
    return "removes files that no version of the last --retain-hours needs";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MaintainSettings.TABLES, MaintainSettings.RETAIN_HOURS);
  }

  @Override
  public JobReport run(JobContext context) {
    Timer timer = Timer.start();
    int hours = context.values().value(MaintainSettings.RETAIN_HOURS);
    List<LakeTable> tables = MaintainSettings.tables(context);
    Map<String, String> notes = new LinkedHashMap<>();
    long files = 0;
    long bytes = 0;
    for (LakeTable table : tables) {
      context.progress().report(name(), notes.size(), tables.size());
      Sweep swept = Upkeep.of(table).vacuum(hours);
      files += swept.files();
      bytes += swept.bytes();
      notes.put(table.name(), swept.files() + " files");
    }
    context.progress().report(name(), tables.size(), tables.size());
    notes.put("bytes removed", Long.toString(bytes));
    return new JobReport(name(), tables.size(), files, Map.of(), timer.seconds(), notes);
  }
}
