package fovea.runtime;

/** Wall-clock time since its start. */
public final class Timer {
  private static final double NANOS = 1e9;

  private final long begin = System.nanoTime();

  private Timer() {}

  /** Starts now. */
  public static Timer start() {
    return new Timer();
  }

  /** Seconds since the start. */
  public double seconds() {
    return (System.nanoTime() - begin) / NANOS;
  }
}
