package fovea.sfm.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that share loops. Each piece writes its own places: results do not depend on who came.
 */
public final class Crew implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  /** With this many threads, the caller's among them. */
  public Crew(int threads) {
    this.threads = Math.max(1, threads);
    this.pool =
        Executors.newFixedThreadPool(
            this.threads,
            task -> {
              Thread thread = new Thread(task, "sfm");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does pieces 0 to total - 1 and waits; the first failure is thrown. */
  public void each(int total, IntConsumer piece) {
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i < total; i = next.getAndIncrement()) {
            piece.accept(i);
          }
        };
    List<Future<?>> others = new ArrayList<>();
    for (int i = 1; i < Math.min(threads, total); i++) {
      others.add(pool.submit(worker));
    }
    worker.run();
    others.forEach(Crew::join);
  }

  private static void join(Future<?> other) {
    try {
      other.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a piece of work failed", failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
