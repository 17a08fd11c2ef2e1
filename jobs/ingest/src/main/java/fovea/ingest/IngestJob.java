package fovea.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import fovea.contract.settings.Setting;
import fovea.lake.Captures;
import fovea.lake.Refractions;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.SparkProgress;
import fovea.runtime.Timer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Objects and registry to captures: every acknowledged upload becomes one row, accepted,
 * quarantined or duplicate, and its outcome goes back to the registry. An archive is expanded into
 * uploads of their own, which a later batch takes. Refractive measurements are copied along.
 *
 * <p>Uploads are taken in batches in the order of their arrival. Each batch is one commit; the
 * registry learns of it only afterwards, from the table. A run that dies at any point is finished
 * by the next one, and a run after nothing new adds nothing. A store that does not answer fails the
 * run; a bad file never does.
 */
public final class IngestJob implements Job {
  private static final long BYTES_A_TASK = 64L << 20;
  private static final int MOST_UPLOADS_A_TASK = 256;

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String help() {
    return "takes acknowledged uploads into the captures table, each with its outcome";
  }

  @Override
  public List<Setting<?>> settings() {
    return IngestSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    Timer timer = Timer.start();
    IngestSettings settings = IngestSettings.of(context.values());
    Registry registry = new Registry(context.spark(), context.registry().settings());
    try (IngestLock lock = IngestLock.take(registry.settings())) {
      Captures captures = Captures.in(context.lake());
      Pending pending = Pending.all(registry);
      long healed = pending.isEmpty() ? 0 : record(pending, captures);
      if (!pending.isEmpty()) {
        takeAll(pending, captures, context, settings);
      }
      Refractions refractions = Refractions.in(context.lake());
      long measured = refractions.merge(RefractionSnapshot.of(registry, context.run().toString()));
      int sessions = context.registry().advanceIngestedSessions();
      return IngestReport.of(context, timer, healed, measured, sessions);
    }
  }

  private void takeAll(
      Pending pending, Captures captures, JobContext context, IngestSettings settings) {
    long left = pending.size().uploads();
    try (SparkProgress rows = SparkProgress.of(context.spark(), context.progress(), name(), left)) {
      while (left > 0) {
        Pending batch = pending.first(settings.batch());
        long before = batch.size().uploads();
        take(batch, captures, context, settings, rows);
        if (batch.size().uploads() >= before) {
          throw new IllegalStateException(
              "uploads have no outcome after their commit; nothing is lost, run ingest again");
        }
        left = pending.size().uploads();
      }
    }
  }

  // One batch: each upload's bytes are fetched once and lie on local disk until the commit.
  private static void take(
      Pending batch,
      Captures captures,
      JobContext context,
      IngestSettings settings,
      SparkProgress rows) {
    int tasks = tasks(batch.size(), context.spark().sparkContext().defaultParallelism());
    Dataset<Row> found =
        batch
            .uploads()
            .repartition(tasks, col("image_id"))
            .mapPartitions(
                new InspectUploads(
                    context.objectSettings(),
                    context.registry().settings(),
                    settings.attempts(),
                    rows.done()),
                Encoders.row(InspectUploads.SCHEMA))
            .persist(StorageLevel.DISK_ONLY());
    try {
      captures.merge(rows(found, captures.rows(), context.run().toString(), Instant.now()));
    } finally {
      found.unpersist();
    }
    record(batch, captures);
  }

  /**
   * Rows of captures, from what was found in a batch.
   *
   * @param found as {@link InspectUploads} gives it
   * @param captures all rows of captures before
   */
  static Dataset<Row> rows(Dataset<Row> found, Dataset<Row> captures, String run, Instant now) {
    return Duplicates.mark(found, captures)
        .withColumn("uploaded_day", to_date(col("uploaded_at")))
        .withColumn("ingested_at", lit(Timestamp.from(now)))
        .withColumn("run", lit(run));
  }

  private static long record(Pending pending, Captures captures) {
    return RecordOutcomes.of(pending.uploads(), captures.rows(), pending.registry().settings());
  }

  // Tasks small enough to be lost without regret, large enough for files worth having.
  static int tasks(Pending.Size size, int parallelism) {
    long byBytes = size.bytes() / BYTES_A_TASK;
    long byUploads = size.uploads() / MOST_UPLOADS_A_TASK;
    long least = Math.min(parallelism, size.uploads());
    return (int) Math.max(1, Math.max(least, Math.max(byBytes, byUploads)));
  }
}
