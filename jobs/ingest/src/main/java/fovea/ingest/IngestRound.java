package fovea.ingest;

import static org.apache.spark.sql.functions.col;

import fovea.lake.Captures;
import fovea.lake.Refractions;
import fovea.runtime.JobContext;
import fovea.runtime.SparkProgress;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * One pass over everything that is pending, and what the passes of a run add up to. A round that
 * fails may be taken again.
 */
final class IngestRound {
  private static final long BYTES_A_TASK = 64L << 20;
  private static final int MOST_UPLOADS_A_TASK = 256;

  private static final String NONE_MEASURED = "0 ";

  private final JobContext context;
  private final IngestSettings settings;
  private final Registry registry;
  private final Captures captures;
  private final Totals totals = new Totals();
  private String measured = NONE_MEASURED;
  private boolean isClean;

  /** What a run did besides adding rows of captures. */
  static final class Totals {
    long healed;
    long refractions;
    long taken;
    int sessions;
  }

  IngestRound(JobContext context, IngestSettings settings) {
    this.context = context;
    this.settings = settings;
    this.registry = new Registry(context.spark(), context.registry().settings());
    this.captures = Captures.in(context.lake());
  }

  Totals totals() {
    return totals;
  }

  /**
   * Takes what is pending, batch by batch.
   *
   * @param stopped asked between batches: whether to leave the rest for another run
   * @return uploads taken by all rounds
   */
  long take(BooleanSupplier stopped) {
    try (IngestLock lock = IngestLock.take(registry.settings())) {
      Pending pending = Pending.all(registry);
      if (!isClean && !pending.isEmpty()) {
        totals.healed += record(pending);
      }
      isClean = false;
      takeAll(pending, stopped);
      takeRefractions();
      totals.sessions += context.registry().advanceIngestedSessions();
      isClean = true;
      return totals.taken;
    }
  }

  private void takeAll(Pending pending, BooleanSupplier stopped) {
    long left = pending.size().uploads();
    if (left == 0) {
      return;
    }
    try (SparkProgress rows =
        SparkProgress.of(context.spark(), context.progress(), "ingest", left)) {
      while (left > 0 && !stopped.getAsBoolean()) {
        Pending batch = pending.first(settings.batch());
        long before = batch.size().uploads();
        take(batch, rows);
        if (batch.size().uploads() >= before) {
          throw new IllegalStateException(
              "uploads have no outcome after their commit; nothing is lost, run ingest again");
        }
        left = pending.size().uploads();
      }
    }
  }

  // One batch: each upload's bytes are fetched once and lie on local disk until the commit.
  private void take(Pending batch, SparkProgress rows) {
    int tasks = tasks(batch.size(), context.spark().sparkContext().defaultParallelism());
    Dataset<Row> found =
        batch
            .uploads()
            .repartition(tasks, col("image_id"))
            .mapPartitions(
                new InspectUploads(
                    context.objectSettings(), context.registry().settings(), settings, rows.done()),
                Encoders.row(InspectUploads.SCHEMA))
            .persist(StorageLevel.DISK_ONLY());
    try {
      List<Row> facts = found.selectExpr(Duplicates.FACTS).collectAsList();
      Duplicates duplicates = Duplicates.of(facts, captures.rows());
      List<String> ids = facts.stream().map(fact -> fact.<String>getAs("image_id")).toList();
      String run = context.run().toString();
      captures.merge(IngestJob.rows(found, duplicates, run, Instant.now()), ids);
    } finally {
      found.unpersist();
    }
    totals.taken += record(batch);
  }

  // Measurements are only ever added: where none came, the merge is spared.
  private void takeRefractions() {
    String now =
        registry
            .first(
                "SELECT count(*) || ' ' || coalesce(max(created_at)::text, '')"
                    + " FROM refractive_measurements",
                row -> row.getString(1))
            .orElse("");
    if (!now.equals(measured)) {
      totals.refractions +=
          Refractions.in(context.lake())
              .merge(RefractionSnapshot.of(registry, context.run().toString()));
      measured = now;
    }
  }

  private long record(Pending pending) {
    return RecordOutcomes.of(pending.uploads(), captures.rows(), registry.settings());
  }

  // Tasks small enough to be lost without regret, large enough for files worth having.
  static int tasks(Pending.Size size, int parallelism) {
    long byBytes = size.bytes() / BYTES_A_TASK;
    long byUploads = size.uploads() / MOST_UPLOADS_A_TASK;
    long least = Math.min(parallelism, size.uploads());
    return (int) Math.max(1, Math.max(least, Math.max(byBytes, byUploads)));
  }
}
