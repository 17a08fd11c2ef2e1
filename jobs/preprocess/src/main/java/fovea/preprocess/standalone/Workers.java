package fovea.preprocess.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Several threads over numbered pieces of work. */
final class Workers {
  private Workers() {}

  /** Runs the work for 0 to {@code count} - 1; the first failure ends it and is thrown on. */
  static void each(int count, int threads, IntConsumer work) {
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, count)));
    try {
      AtomicInteger next = new AtomicInteger();
      Runnable worker =
          () -> {
            try {
              for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                work.accept(i);
              }
            } finally {
              // A worker that fails leaves nothing for the others.
              next.set(count);
            }
          };
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        running.add(pool.submit(worker));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException ours
          ? ours
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    } finally {
      pool.shutdownNow();
    }
  }
}
