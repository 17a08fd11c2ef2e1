package fovea.preprocess;

import fovea.runtime.Progress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Says once a second how many pictures are done, while Spark works. */
final class ProgressTicker implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "preprocess-progress");
            thread.setDaemon(true);
            return thread;
          });
  private final Runnable tick;

  ProgressTicker(Progress progress, Supplier<Long> done, long total) {
    this.tick = () -> progress.report("preprocessing pictures", Math.min(done.get(), total), total);
    clock.scheduleAtFixedRate(tick, 0, 1, TimeUnit.SECONDS);
  }

  /** Says the last figure and stops. */
  @Override
  public void close() {
    clock.shutdownNow();
    tick.run();
  }
}
