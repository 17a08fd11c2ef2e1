package fovea.train;

import fovea.runtime.Progress;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import scala.jdk.javaapi.CollectionConverters;

/** Hears of finished epochs with the heartbeats of the executors, every few seconds. */
final class EpochProgress extends SparkListener {
  /** The accumulator's name. */
  static final String ACCUMULATOR = "fovea.train.epochs";

  private final Progress progress;
  private final int epochs;

  EpochProgress(Progress progress, int epochs) {
    this.progress = progress;
    this.epochs = epochs;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(task -> CollectionConverters.asJava(task._4()).forEach(this::hear));
  }

  private void hear(AccumulableInfo info) {
    boolean ours = info.name().isDefined() && info.name().get().equals(ACCUMULATOR);
    if (ours && info.update().isDefined()) {
      long done = Long.parseLong(info.update().get().toString());
      progress.report("training epochs", Math.min(done, epochs), epochs);
    }
  }
}
