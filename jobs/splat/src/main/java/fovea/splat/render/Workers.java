package fovea.splat.render;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads that share loops. Which thread does which piece is not fixed, so results must not
 * depend on it: every piece writes its own places.
 */
public final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  /** A piece of a loop. */
  @FunctionalInterface
  public interface Piece {
    /**
     * Does {@code from} (included) to {@code to} (excluded).
     *
     * @param worker 0 to threads - 1: for scratch memory
     */
    void run(int from, int to, int worker);
  }

  /** With this many threads, the caller's among them. */
  public Workers(int threads) {
    this.threads = threads;
    this.pool =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            task -> {
              Thread thread = new Thread(task, "splat-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many. */
  public int threads() {
    return threads;
  }

  /** Runs a loop of {@code total} in pieces of {@code size}, and waits. */
  public void loop(int total, int size, Piece piece) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int worker = 1; worker < threads && worker * size < total; worker++) {
      int name = worker;
      running.add(pool.submit(() -> drain(next, total, size, piece, name)));
    }
    try {
      drain(next, total, size, piece, 0);
    } finally {
      running.forEach(Workers::join);
    }
  }

  private static void drain(AtomicInteger next, int total, int size, Piece piece, int worker) {
    for (int from = next.getAndAdd(size); from < total; from = next.getAndAdd(size)) {
      piece.run(from, Math.min(total, from + size), worker);
    }
  }

  private static void join(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a worker failed", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
