package fovea.maintain;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.lake.Lake;
import fovea.lake.LakeTable;
import fovea.lake.Upkeep;
import fovea.runtime.JobContext;
import java.util.List;

/** What the jobs of upkeep read. */
final class MaintainSettings {
  /** Which tables. */
  static final Setting<List<String>> TABLES =
      Setting.list("tables", "", "tables by name; all where left out");

  /** How long vacuum keeps what is replaced or deleted. */
  static final Setting<Integer> RETAIN_HOURS =
      new Setting<>(
          "retain-hours",
          null,
          "168",
          Upkeep.LEAST_RETENTION_HOURS + " hours or more",
          "vacuum keeps every file of the versions of so many hours",
          text -> Upkeep.safeRetention(Integer.parseInt(text.strip())));

  private MaintainSettings() {}

  /** The tables asked for, in the lake's order. */
  static List<LakeTable> tables(JobContext context) {
    Lake lake = context.lake();
    List<String> wanted = context.values().value(TABLES);
    List<String> known = lake.tables().stream().map(LakeTable::name).toList();
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new CallerMistake(
            "unknown-table", "there is no table " + name, "Tables: " + String.join(", ", known));
      }
    }
    return lake.tables().stream()
        .filter(table -> wanted.isEmpty() || wanted.contains(table.name()))
        .toList();
  }
}
