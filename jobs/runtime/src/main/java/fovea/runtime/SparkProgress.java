package fovea.runtime;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the rows that tasks have done and reports them: rows of finished tasks as they end, rows
 * of running tasks with each heartbeat. A task that is tried again is counted once.
 *
 * <pre>
 * try (SparkProgress rows = SparkProgress.of(spark, progress, "ingest", total)) {
 *   LongAccumulator done = rows.done();
 *   ... mapPartitions(row -> { ...; done.add(1); })
 * }
 * </pre>
 */
public final class SparkProgress implements AutoCloseable {
  private final SparkSession spark;
  private final Progress progress;
  private final String stage;
  private final long total;
  private final LongAccumulator done;
  private final Counter counter = new Counter();

  private SparkProgress(SparkSession spark, Progress progress, String stage, long total) {
    this.spark = spark;
    this.progress = progress;
    this.stage = stage;
    this.total = total;
    this.done = spark.sparkContext().longAccumulator("rows of " + stage);
  }

  /**
   * Listens until closed.
   *
   * @param total rows in all; 0 where unknown
   */
  public static SparkProgress of(SparkSession spark, Progress progress, String stage, long total) {
    SparkProgress rows = new SparkProgress(spark, progress, stage, total);
    spark.sparkContext().addSparkListener(rows.counter);
    progress.report(stage, 0, total);
    return rows;
  }

  /** Tasks add 1 for every row they have done. */
  public LongAccumulator done() {
    return done;
  }

  /** Stops listening. */
  @Override
  public void close() {
    spark.sparkContext().removeSparkListener(counter);
  }

  private final class Counter extends SparkListener {
    private final Map<Long, Long> running = new HashMap<>();
    private long finished;
    private long told;

    @Override
    public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
      CollectionConverters.asJava(update.accumUpdates())
          .forEach(
              task -> {
                long rows = rows(CollectionConverters.asJava(task._4()));
                if (rows > 0) {
                  running.put((Long) task._1(), rows);
                }
              });
      tell();
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
      running.remove(end.taskInfo().taskId());
      if (end.taskInfo().successful()) {
        finished += rows(CollectionConverters.asJava(end.taskInfo().accumulables()));
      }
      tell();
    }

    private void tell() {
      long rows = finished + running.values().stream().mapToLong(Long::longValue).sum();
      if (rows != told) {
        told = rows;
        progress.report(stage, rows, total);
      }
    }

    private long rows(Iterable<AccumulableInfo> infos) {
      for (AccumulableInfo info : infos) {
        Option<Object> update = info.update();
        if (info.id() == done.id() && update.isDefined()) {
          return Long.parseLong(String.valueOf(update.get()));
        }
      }
      return 0;
    }
  }
}
