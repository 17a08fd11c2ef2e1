package fovea.pipeline;

import fovea.lake.Lake;
import fovea.lake.LakeTable;

/** How many rows each Delta table has. */
final class TableCounts {
  private TableCounts() {}

  static Table of(Lake lake) {
    Table table = new Table("table", "rows", "version");
    for (LakeTable each : lake.tables()) {
      table.row(each.name(), each.rows().count(), each.version());
    }
    return table;
  }
}
