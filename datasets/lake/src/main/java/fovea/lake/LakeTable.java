package fovea.lake;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** One Delta table: its name, columns and key. Rows are added once and never overwritten. */
public abstract class LakeTable {
  // Spark guesses a filtered table to be as long as before; it is as short as the filter.
  private static final Map<String, String> BROADCAST_WHAT_IS_LEFT =
      Map.of("spark.sql.autoBroadcastJoinThreshold", "1024g");

  private final Lake lake;
  private final String name;
  private final StructType schema;
  private final List<String> key;
  private final Layout layout;

  LakeTable(Lake lake, String name, String ddl, List<String> key, Layout layout) {
    this.lake = lake;
    this.name = name;
    this.schema = StructType.fromDDL(ddl);
    this.key = key;
    this.layout = layout;
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

  /**
   * All rows as of now.
   *
   * @throws LakeDamaged where the newest entry of the table's log is not whole
   */
  public Dataset<Row> rows() {
    state().requireWhole();
    return lake.spark().read().format("delta").load(path());
  }

  /** All rows as of an earlier version: time travel. */
  public Dataset<Row> rowsAt(long version) {
    return lake.spark().read().format("delta").option("versionAsOf", version).load(path());
  }

  /** The newest Delta version, for lineage. */
  public long version() {
    return table().history(1).select("version").head().getLong(0);
  }

  /**
   * Adds the rows whose key is not there yet, in one commit; columns are taken by name and missing
   * ones are null. Where another writer commits at the same time the merge is tried again.
   *
   * @param rows one row a key. Evaluated once where nobody else writes, so persist it only where
   *     its rows are read again afterwards or are dear to compute
   * @return how many were added
   * @throws LakeDamaged where the newest entry of the table's log is not whole
   */
  public long merge(Dataset<Row> rows) {
    return merge(rows, Map.of(), sameKey());
  }

  /**
   * The same for a few wide rows and a long table: only the keys given are looked for in it, so
   * that no row with its pictures is shuffled, however long the table.
   *
   * @param firstKeys every value that the key's first column has in {@code rows}
   */
  public long merge(Dataset<Row> rows, Collection<String> firstKeys) {
    Column among = functions.col("old." + key.get(0)).isInCollection(firstKeys);
    return merge(rows, BROADCAST_WHAT_IS_LEFT, sameKey().and(among));
  }

  private long merge(Dataset<Row> rows, Map<String, String> settings, Column condition) {
    state().requireWhole();
    return Conflicts.retried(() -> insertMissing(rows, settings, condition));
  }

  /**
   * Deletes rows from the newest version, in one commit; earlier versions keep them until a vacuum.
   * Where another writer commits at the same time it is tried again.
   *
   * @param condition which rows
   * @throws LakeDamaged where the newest entry of the table's log is not whole
   */
  public void delete(Column condition) {
    state().requireWhole();
    Conflicts.retried(
        () -> {
          try (ScopedSettings write = new ScopedSettings(lake.spark(), layout.writeSettings())) {
            table().delete(condition);
            return true;
          }
        });
  }

  // Insert-only merges scan their source once (a left anti join), so it is not materialised.
  private long insertMissing(Dataset<Row> rows, Map<String, String> settings, Column condition) {
    NewColumns.add(lake.spark(), path(), schema);
    try (ScopedSettings join = new ScopedSettings(lake.spark(), settings);
        ScopedSettings write = new ScopedSettings(lake.spark(), layout.writeSettings())) {
      Row counts =
          table()
              .as("old")
              .merge(aligned(rows).as("new"), condition)
              .whenNotMatched()
              .insertAll()
              .execute()
              .head();
      return counts.<Long>getAs("num_inserted_rows");
    }
  }

  void create() {
    if (DeltaTable.isDeltaTable(lake.spark(), path())) {
      return;
    }
    DeltaTableBuilder table =
        DeltaTable.createIfNotExists(lake.spark()).location(path()).addColumns(schema);
    if (!layout.clustering().isEmpty()) {
      table.clusterBy(layout.clustering().toArray(String[]::new));
    }
    table.execute();
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

  /** The table's root, a URI without trailing slash. */
  public String path() {
    return lake.path(name);
  }

  SparkSession spark() {
    return lake.spark();
  }

  Layout layout() {
    return layout;
  }

  TableState state() {
    return new TableState(lake.spark(), name, path());
  }

  DeltaTable table() {
    return DeltaTable.forPath(lake.spark(), path());
  }
}
