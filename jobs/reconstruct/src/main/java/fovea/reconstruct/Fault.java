package fovea.reconstruct;

import java.nio.file.FileSystemException;

/**
 * Why a try broke, for whoever waits for the model.
 *
 * @param sentence without a path or a name out of the session
 */
record Fault(String code, String sentence) {
  private static final int DEEPEST = 20;

  static Fault of(Throwable broken, LeaseTimes times) {
    Throwable at = broken;
    for (int depth = 0; at != null && depth < DEEPEST; depth++, at = at.getCause()) {
      if (at instanceof WatchedTry.Stalled) {
        return new Fault(
            "stalled",
            "The reconstruction made no progress for "
                + times.stall().toSeconds()
                + " seconds and was given up.");
      }
      if (at instanceof OutOfMemoryError) {
        return new Fault("out-of-memory", "The reconstruction ran out of memory.");
      }
      if (full(at)) {
        return new Fault(
            "disk-full",
            "The disk of the temporary folder of a worker is full (java.io.tmpdir there).");
      }
    }
    return new Fault("fault", "The reconstruction stopped by a fault of Fovea.");
  }

  private static boolean full(Throwable at) {
    String reason = at instanceof FileSystemException file ? file.getReason() : at.getMessage();
    return at instanceof java.io.IOException
        && reason != null
        && reason.contains("No space left on device");
  }
}
