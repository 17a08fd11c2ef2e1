package fovea.lake;

import fovea.contract.errors.CallerMistake;
import fovea.lake.Compaction.FileCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.DeletionVectorDescriptor;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** What keeps a table fast and small, and what tells whether it is whole. */
public final class Upkeep {
  /** Files below this size cost more to open than to read. */
  public static final long SMALL_BYTES = 128L << 20;

  /** Fewer hours would take files away from jobs that still read or write them. */
  public static final int LEAST_RETENTION_HOURS = 24;

  private static final String DELTA = "spark.databricks.delta.";

  private final LakeTable table;

  private Upkeep(LakeTable table) {
    this.table = table;
  }

  /** Of one table. */
  public static Upkeep of(LakeTable table) {
    return new Upkeep(table);
  }

  /**
   * Joins small files into larger ones, and lays neighbours together where the table is clustered.
   * Rows stay as they are; readers of older versions are not disturbed.
   *
   * @throws LakeDamaged where the newest entry of the table's log is not whole
   */
  public Compaction optimize() {
    table.state().requireWhole();
    FileCounts before = counts();
    if (before.small() < 2) {
      return new Compaction(before, before, 0);
    }
    long rewritten = Conflicts.retried(this::compact);
    return new Compaction(before, counts(), rewritten);
  }

  private long compact() {
    Map<String, String> settings = new HashMap<>(table.layout().writeSettings());
    settings.put(DELTA + "optimize.minFileSize", Long.toString(SMALL_BYTES));
    settings.put(DELTA + "optimize.maxFileSize", Long.toString(2 * SMALL_BYTES));
    try (ScopedSettings scope = new ScopedSettings(table.spark(), settings)) {
      return table
          .table()
          .optimize()
          .executeCompaction()
          .selectExpr("coalesce(metrics.filesRemoved.totalSize, 0)")
          .head()
          .getLong(0);
    }
  }

  private FileCounts counts() {
    Row counts = files().selectExpr("count(*)", "count_if(bytes < " + SMALL_BYTES + ")").head();
    return new FileCounts(counts.getLong(0), counts.getLong(1));
  }

  /**
   * Removes files that belong to no version of the last hours: what was replaced or deleted before
   * that, and what unfinished commits left.
   *
   * @param hours at least {@link #LEAST_RETENTION_HOURS}
   * @throws CallerMistake for fewer hours
   * @throws LakeDamaged where the newest entry of the table's log is not whole: what a lost entry
   *     added would be removed for good
   */
  public Sweep vacuum(int hours) {
    safeRetention(hours);
    table.state().requireWhole();
    Map<String, String> settings =
        Map.of(
            DELTA + "retentionDurationCheck.enabled", "false", // ours is above
            DELTA + "vacuum.logging.enabled", "true",
            DELTA + "vacuum.parallelDelete.enabled", "true");
    try (ScopedSettings scope = new ScopedSettings(table.spark(), settings)) {
      table.table().vacuum(hours);
    }
    return lastSweep();
  }

  /**
   * The same hours, where they break no running job.
   *
   * @throws CallerMistake below {@link #LEAST_RETENTION_HOURS}
   */
  public static int safeRetention(int hours) {
    if (hours < LEAST_RETENTION_HOURS) {
      throw new CallerMistake(
          "unsafe-retention",
          "a retention of "
              + hours
              + " h would take files away from jobs that still read or write them",
          "Keep at least " + LEAST_RETENTION_HOURS + " h; the default is 168");
    }
    return hours;
  }

  // Delta logs what it is about to delete when it begins.
  private Sweep lastSweep() {
    Row begun =
        table
            .table()
            .history()
            .where("operation = 'VACUUM START'")
            .orderBy(functions.col("version").desc())
            .selectExpr(
                "cast(operationMetrics['numFilesToDelete'] AS LONG)",
                "cast(operationMetrics['sizeOfDataToDelete'] AS LONG)")
            .head();
    return new Sweep(begun.getLong(0), begun.getLong(1));
  }

  /** The data files of the newest version: {@code path, bytes, rows, deletions} of DataFile. */
  public Dataset<Row> files() {
    Path root = new Path(table.path());
    return table.state().files().map(describing(root), Encoders.row(Columns.FILES));
  }

  /** The same, typed. */
  public static DataFile file(Row row) {
    return new DataFile(row.getString(0), row.getLong(1), row.getLong(2), row.getString(3));
  }

  /** Everything that is wrong with the table's log as it lies in the store now. */
  public List<Fault> logFaults() {
    table.state().forget();
    return table.state().logCheck().faults();
  }

  private static MapFunction<AddFile, Row> describing(Path root) {
    String rootUri = root.toString();
    return file -> {
      Path path = new Path(rootUri);
      DeletionVectorDescriptor deletions = file.deletionVector();
      return RowFactory.create(
          new Path(path, file.toPath()).toString(),
          file.size(),
          file.numPhysicalRecords().isEmpty()
              ? -1L
              : ((Number) file.numPhysicalRecords().get()).longValue(),
          deletions == null || !deletions.isOnDisk()
              ? ""
              : deletions.absolutePath(path).toString());
    };
  }

  // Apart: parsing it starts Spark's parser, which a word of help has no need of.
  private static final class Columns {
    static final StructType FILES =
        StructType.fromDDL(
            "path STRING NOT NULL, bytes LONG NOT NULL, rows LONG NOT NULL,"
                + " deletions STRING NOT NULL");
  }
}
