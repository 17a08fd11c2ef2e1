package fovea.lake;

import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** What Delta itself knows of a table: its log and files, by classes that have no public API. */
final class TableState {
  private final SparkSession spark;
  private final String name;
  private final String path;

  TableState(SparkSession spark, String name, String path) {
    this.spark = spark;
    this.name = name;
    this.path = path;
  }

  /**
   * Refuses a table whose newest log entry is not whole: reading it could show too few rows, and a
   * commit on top of it would bury the loss.
   *
   * @throws LakeDamaged naming the file
   */
  void requireWhole() {
    List<FileStatus> entries = CollectionConverters.asJava(newest().logSegment().deltas());
    if (!entries.isEmpty()) {
      logCheck().requireWhole(name, entries.get(entries.size() - 1));
    }
  }

  LogCheck logCheck() {
    return new LogCheck(spark.sessionState().newHadoopConf(), path);
  }

  /** Forgets what this process knows, so that the next look reads the log itself. */
  void forget() {
    DeltaLog.invalidateCache(spark, new Path(path));
  }

  /** The data files of the newest version, replayed from the log. */
  Dataset<AddFile> files() {
    return newest().allFilesViaStateReconstruction();
  }

  private Snapshot newest() {
    try {
      return DeltaLog.forTable(spark, path).update(false, Option.empty(), Option.empty());
    } catch (Exception failed) {
      throw explained(failed);
    }
  }

  // Delta's own words rarely name the file at fault. Scala throws checked exceptions undeclared.
  private RuntimeException explained(Exception failed) {
    List<Fault> faults = logCheck().faults();
    if (!faults.isEmpty()) {
      LakeDamaged damaged = LakeDamaged.of(name, faults, faults.size());
      damaged.initCause(failed);
      return damaged;
    }
    return failed instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException("cannot read the log of " + path, failed);
  }
}
