package fovea.api.limits;

/** Counts within sliding windows: no window begins at a full minute or hour. */
interface Counter extends AutoCloseable {

  /** Takes one of what a limit leaves, where it leaves any. */
  Count take(String who, Limit limit);

  @Override
  void close();

  /**
   * What came of it.
   *
   * @param taken false where nothing was left
   * @param remaining what is left now
   * @param millis until the oldest in the window leaves it
   */
  record Count(boolean taken, int remaining, long millis) {}
}
