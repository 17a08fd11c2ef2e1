package fovea.lake;

import io.delta.exceptions.DeltaConcurrentModificationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Tries a commit again where another writer's came between. */
final class Conflicts {
  private static final int TRIES = 8;
  private static final long FIRST_WAIT_MILLIS = 200;

  private Conflicts() {}

  static <T> T retried(Supplier<T> commit) {
    for (int attempt = 1; ; attempt++) {
      try {
        return commit.get();
      } catch (DeltaConcurrentModificationException conflict) {
        if (attempt == TRIES) {
          throw conflict;
        }
        pause(attempt);
      }
    }
  }

  // Full jitter under a doubling bound: two writers that met once do not meet again in step.
  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(FIRST_WAIT_MILLIS << attempt));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting to commit", stopped);
    }
  }
}
