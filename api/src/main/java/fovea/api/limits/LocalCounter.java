package fovea.api.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;

/** Counts of this process, each moment of a window kept: exact, and bounded by the limits. */
final class LocalCounter implements Counter {
  private static final int MOST_CALLERS = 100_000;
  private static final Duration LONGEST_WINDOW = Duration.ofHours(1);

  private final Ticker ticker;
  private final Cache<String, ArrayDeque<Long>> windows;

  LocalCounter(Ticker ticker) {
    this.ticker = ticker;
    this.windows =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(LONGEST_WINDOW)
            .build();
  }

  @Override
  public Count take(String who, Limit limit) {
    ArrayDeque<Long> moments = windows.get(limit.name() + " " + who, absent -> new ArrayDeque<>());
    long now = ticker.read();
    long window = limit.window().toNanos();
    synchronized (moments) {
      while (!moments.isEmpty() && now - moments.peekFirst() >= window) {
        moments.removeFirst();
      }
      boolean taken = moments.size() < limit.most();
      if (taken) {
        moments.addLast(now);
      }
      long left = window - (now - moments.getFirst());
      return new Count(taken, limit.most() - moments.size(), (left + 999_999) / 1_000_000);
    }
  }

  /** Begins again, as if nothing had been taken. */
  void forget(String who, Limit limit) {
    windows.invalidate(limit.name() + " " + who);
  }

  @Override
  public void close() {
    windows.invalidateAll();
  }
}
