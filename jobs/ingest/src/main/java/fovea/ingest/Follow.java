package fovea.ingest;

import fovea.contract.errors.CallerMistake;
import fovea.runtime.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Rounds of work: one, or one after another until SIGTERM or Ctrl-C. The first signal lets the
 * commit in flight finish; the second has its usual effect at once, and what was in flight then
 * leaves no trace.
 *
 * <p>While it follows, a round that fails is tried again: a store that is away for minutes ends no
 * service. Nothing is lost by it, for a round begins from what the stores say.
 */
final class Follow implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follow.class);
  private static final List<String> SIGNALS = List.of("TERM", "INT");
  private static final int MOST_FAILURES = 20;

  private final int seconds;
  private final Progress progress;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<Runnable> restore = new ArrayList<>();
  private int failures;

  private Follow(int seconds, Progress progress) {
    this.seconds = seconds;
    this.progress = progress;
  }

  /**
   * Listens to signals until closed.
   *
   * @param seconds between rounds; 0 for one round, which signals end as they always do
   */
  static Follow every(int seconds, Progress progress) {
    Follow follow = new Follow(seconds, progress);
    if (seconds > 0) {
      SIGNALS.forEach(follow::listen);
    }
    return follow;
  }

  private void listen(String name) {
    Signal signal = new Signal(name);
    SignalHandler before = Signal.handle(signal, this::stopOnce);
    restore.add(() -> Signal.handle(signal, before));
  }

  private void stopOnce(Signal signal) {
    stop.countDown();
    restore.forEach(Runnable::run);
  }

  /** Whether a signal came. */
  boolean isStopped() {
    return stop.getCount() == 0;
  }

  /** Works through rounds; each answers how many uploads are done in all. */
  void rounds(Round round) {
    long done = -1;
    do {
      long now = attempt(round, done);
      if (seconds > 0 && now != done && !isStopped()) {
        done = now;
        progress.report("waiting", Math.max(0, done), 0);
      }
    } while (again());
  }

  private long attempt(Round round, long before) {
    try {
      long done = round.take();
      failures = 0;
      return done;
    } catch (Exception failed) { // Spark throws checked ones unannounced
      if (seconds == 0 || ++failures == MOST_FAILURES || isHopeless(failed)) {
        throw failed;
      }
      LOG.warn("round {} in a row failed; tried again in {} s", failures, seconds, failed);
      return before;
    }
  }

  // Another ingest ends by itself; any other mistake waits for its maker.
  private static boolean isHopeless(Exception failed) {
    return failed instanceof CallerMistake mistake && !mistake.code().equals(IngestLock.RUNNING);
  }

  private boolean again() {
    try {
      return seconds > 0 && !stop.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** One pass over whatever there is. */
  interface Round {
    long take();
  }

  @Override
  public void close() {
    if (!isStopped()) {
      restore.forEach(Runnable::run);
    }
  }
}
