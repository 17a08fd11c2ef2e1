package fovea.splat.render;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

  /**
   * Runs a loop of {@code total} in pieces of {@code size}, and waits for what has begun. A helper
   * that gets no processor before the others are through is not waited for, so that a busy machine
   * does not add its queue to every loop.
   */
  public void loop(int total, int size, Piece piece) {
    AtomicInteger next = new AtomicInteger();
    int helpers = Math.min(threads - 1, (total - 1) / size);
    List<Helper> running = new ArrayList<>(helpers);
    for (int worker = 1; worker <= helpers; worker++) {
      int name = worker;
      Helper helper = new Helper(() -> drain(next, total, size, piece, name));
      running.add(helper);
      pool.execute(helper);
    }
    try {
      drain(next, total, size, piece, 0);
    } finally {
      running.forEach(Helper::join);
    }
  }

  private static void drain(AtomicInteger next, int total, int size, Piece piece, int worker) {
    for (int from = next.getAndAdd(size); from < total; from = next.getAndAdd(size)) {
      piece.run(from, Math.min(total, from + size), worker);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
