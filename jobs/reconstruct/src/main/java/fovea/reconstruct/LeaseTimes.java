package fovea.reconstruct;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long what is believed.
 *
 * @param lease a worker that was not heard of for this long is taken for dead
 * @param stall a try that makes no progress for this long hangs
 * @param tries of a session, before it fails
 * @param checkpoint how much work a stop may cost
 */
record LeaseTimes(Duration lease, Duration stall, int tries, Duration checkpoint)
    implements Serializable {
  private static final int BEATS = 4;
  private static final long MOST_BEAT_MILLIS = 10_000;

  /** Between two words to the registry: several within a lease, and soon enough for a cancel. */
  long beatMillis() {
    return Math.min(MOST_BEAT_MILLIS, lease.toMillis() / BEATS);
  }
}
