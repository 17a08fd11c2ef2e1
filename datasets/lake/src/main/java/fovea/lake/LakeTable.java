package fovea.lake;

import io.delta.tables.DeltaTable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** One Delta table: its name, columns and key. Rows are added once and never overwritten. */
public abstract class LakeTable {
  private final Lake lake;
  private final String name;
  private final StructType schema;
  private final List<String> key;

  LakeTable(Lake lake, String name, String ddl, List<String> key) {
    this.lake = lake;
    this.name = name;
    this.schema = StructType.fromDDL(ddl);
    this.key = key;
  }

  /** The table's name, also its view in {@code fovea sql}. */
  public String name() {
    return name;
  }

  /** The columns. */
  public StructType schema() {
    return schema;
  }

  /** The columns that together name a row. */
  public List<String> key() {
    return key;
  }

  /** All rows as of now. */
  public Dataset<Row> rows() {
    return lake.spark().read().format("delta").load(path());
  }

  /** The newest Delta version, for lineage. */
  public long version() {
    return table().history(1).select("version").head().getLong(0);
  }

  /**
   * Adds the rows whose key is not there yet, in one commit; columns are taken by name and missing
   * ones are null.
   *
   * @param rows read twice at most; must be deterministic
   * @return how many were added
   */
  public long merge(Dataset<Row> rows) {
    table()
        .as("old")
        .merge(aligned(rows).as("new"), sameKey())
        .whenNotMatched()
        .insertAll()
        .execute();
    Row metrics = table().history(1).select("operationMetrics").head();
    return Long.parseLong(metrics.<String, String>getJavaMap(0).get("numTargetRowsInserted"));
  }

  void create() {
    DeltaTable.createIfNotExists(lake.spark()).location(path()).addColumns(schema).execute();
  }

  private Dataset<Row> aligned(Dataset<Row> rows) {
    List<String> present = List.of(rows.columns());
    Column[] columns =
        List.of(schema.fields()).stream()
            .map(
                f ->
                    (present.contains(f.name()) ? functions.col(f.name()) : functions.lit(null))
                        .cast(f.dataType())
                        .as(f.name()))
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  private Column sameKey() {
    return key.stream()
        .map(k -> functions.col("old." + k).equalTo(functions.col("new." + k)))
        .reduce(Column::and)
        .orElseThrow();
  }

  private DeltaTable table() {
    return DeltaTable.forPath(lake.spark(), path());
  }

  private String path() {
    return lake.path(name);
  }
}
