package fovea.maintain;

import fovea.contract.settings.Setting;
import fovea.lake.Fault;
import fovea.lake.LakeDamaged;
import fovea.lake.LakeTable;
import fovea.lake.Upkeep;
import fovea.maintain.check.FaultList;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.JobReportWriter;
import fovea.runtime.RuntimeSettings;
import fovea.runtime.SparkProgress;
import fovea.runtime.Timer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag$;

/**
 * Looks whether tables are whole: the log from its newest checkpoint on, and every data file of the
 * newest version by its length and Parquet footer. Its report counts files in and sound ones out;
 * faults are rejected by problem and listed one by one in {@code fsck-RUN.csv}.
 */
public final class FsckJob implements Job {

  @Override
  public String name() {
    return "fsck";
  }

  @Override
  public String help() {
    return "names every missing, cut or unreadable file of the tables";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(MaintainSettings.TABLES);
  }

  /**
   * Looks, and reports.
   *
   * @throws LakeDamaged where anything is wrong, after the reports are written
   */
  @Override
  public JobReport run(JobContext context) {
    Timer timer = Timer.start();
    Path reports = RuntimeSettings.of(context.values()).reports();
    long files = 0;
    try (FaultList faults = FaultList.open(reports.resolve("fsck-" + context.run() + ".csv"))) {
      for (LakeTable table : MaintainSettings.tables(context)) {
        files += check(context, table, faults);
      }
      JobReport report =
          new JobReport(
              name(),
              files,
              Math.max(0, files - faults.size()),
              faults.byProblem(),
              timer.seconds(),
              Map.of("list", faults.file().toString()));
      if (faults.size() > 0) {
        JobReportWriter.write(report, context.run(), reports);
        throw LakeDamaged.of(faults.firstTable(), faults.first(), faults.size());
      }
      return report;
    }
  }

  // Data files hang on the log: where that is damaged, their list may be wrong.
  private long check(JobContext context, LakeTable table, FaultList faults) {
    Upkeep upkeep = Upkeep.of(table);
    List<Fault> log = upkeep.logFaults();
    log.forEach(fault -> faults.add(table.name(), fault));
    return log.isEmpty() ? checkFiles(context, table.name(), upkeep.files(), faults) : 0;
  }

  private long checkFiles(JobContext context, String table, Dataset<Row> files, FaultList faults) {
    SparkSession spark = context.spark();
    long total = files.count();
    Broadcast<SerializableConfiguration> hadoop =
        spark
            .sparkContext()
            .broadcast(
                new SerializableConfiguration(spark.sessionState().newHadoopConf()),
                ClassTag$.MODULE$.apply(SerializableConfiguration.class));
    try (SparkProgress progress =
        SparkProgress.of(spark, context.progress(), name() + " " + table, total)) {
      Dataset<Row> found =
          files
              .repartition(partitions(spark, total))
              .flatMap(new FileFaults(hadoop, progress.done()), Encoders.row(FileFaults.SCHEMA))
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        found.count(); // all at once; the iterator below takes one partition after the other
        for (Iterator<Row> rows = found.toLocalIterator(); rows.hasNext(); ) {
          faults.add(table, FileFaults.fault(rows.next()));
        }
      } finally {
        found.unpersist();
      }
    } finally {
      hadoop.destroy();
    }
    return total;
  }

  // Opening files is waiting: a few tasks a core, none of them tiny.
  private static int partitions(SparkSession spark, long files) {
    long most = 4L * spark.sparkContext().defaultParallelism();
    return (int) Math.max(1, Math.min(most, files / 8));
  }
}
