package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.lake.Lake;
import fovea.lake.LakeTable;
import fovea.runtime.JobContexts;
import fovea.runtime.RuntimeSettings;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;

/** {@code fovea sql "SELECT ..."} over the Delta tables, which are there by their names. */
final class SqlCommand implements Command {
  private static final Setting<Integer> LIMIT =
      Setting.integer("limit", 50, 1, 100_000, "most rows to print");

  @Override
  public String name() {
    return "sql";
  }

  @Override
  public String help() {
    return "a query over the Delta tables: fovea sql \"SELECT status, count(*) FROM captures GROUP BY 1\"";
  }

  @Override
  public String operands() {
    return " \"SELECT ...\"";
  }

  @Override
  public List<Setting<?>> settings() {
    return Lists.distinct(List.of(LIMIT), RuntimeSettings.ALL);
  }

  @Override
  public void run(Invocation invocation) throws Exception {
    if (invocation.operands().isEmpty()) {
      throw new CallerMistake(
          "missing-query", "no query given", "For example: ./fovea sql \"SHOW VIEWS\"");
    }
    Platform.require(RuntimeSettings.of(invocation.values()).data(), invocation.environment());
    Lake lake = JobContexts.lake(invocation.values(), invocation.environment()).registerViews();
    try (SparkSession spark = lake.spark()) {
      int limit = invocation.values().value(LIMIT);
      Dataset<Row> rows = query(lake, invocation.operands().get(0));
      List<Row> printed = withoutBytes(rows).limit(limit).collectAsList();
      Table table = new Table(rows.columns());
      printed.forEach(row -> table.row(cells(row)));
      invocation.out().println(table);
      invocation.out().println("(" + printed.size() + " rows)");
    }
  }

  private static Dataset<Row> query(Lake lake, String text) {
    try {
      return lake.spark().sql(text);
    } catch (Exception failure) {
      // Scala throws the checked AnalysisException undeclared; ParseException is one of its kind.
      if (failure instanceof AnalysisException wrong) {
        throw new CallerMistake(
            "bad-query",
            String.valueOf(wrong.getMessage()).lines().findFirst().orElse("the query is wrong"),
            "Tables: " + String.join(", ", tableNames(lake)));
      }
      throw failure;
    }
  }

  private static List<String> tableNames(Lake lake) {
    return lake.tables().stream().map(LakeTable::name).toList();
  }

  private static Object[] cells(Row row) {
    Object[] cells = new Object[row.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.get(i);
    }
    return cells;
  }

  // A picture is no text: say how long it is.
  private static Dataset<Row> withoutBytes(Dataset<Row> rows) {
    return rows.select(
        List.of(rows.schema().fields()).stream().map(f -> shown(rows, f)).toArray(Column[]::new));
  }

  private static Column shown(Dataset<Row> rows, StructField field) {
    Column column = rows.col("`" + field.name() + "`");
    return field.dataType() instanceof BinaryType
        ? functions.concat(functions.length(column), functions.lit(" bytes")).as(field.name())
        : column;
  }
}
