package fovea.ingest.check;

import java.io.UncheckedIOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Tries again after a failure of transport: full jitter under a doubling bound.
 *
 * @param attempts at most, the first included
 * @param firstWaitMillis bound of the first wait
 */
public record Retry(int attempts, long firstWaitMillis) {
  private static final int MOST_DOUBLINGS = 6;

  /**
   * The first answer that comes.
   *
   * @throws UncheckedIOException the last failure, once the attempts are used up
   */
  public <T> T of(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (UncheckedIOException failed) {
        if (attempt >= attempts) {
          throw failed;
        }
        pause(attempt - 1);
      }
    }
  }

  private void pause(int doublings) {
    long bound = firstWaitMillis << Math.min(doublings, MOST_DOUBLINGS);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(bound + 1));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting for the object store", stopped);
    }
  }
}
