package fovea.preprocess.standalone;

import fovea.imaging.HeaderInspector;
import fovea.imaging.Inspection;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Bounds the pixels that are decoded at one time, however many threads there are. */
final class PixelBudget {
  // About 10 bytes a pixel lie in native memory while a picture is processed: 2 GB at most.
  private static final int MEGAPIXELS = 200;

  private final Semaphore megapixels = new Semaphore(MEGAPIXELS, true);

  /** Runs the work once the picture's pixels fit in; at once for what is refused by its header. */
  <T> T within(byte[] content, Supplier<T> work) {
    int needed = 0;
    if (HeaderInspector.inspect(content) instanceof Inspection.Accepted accepted) {
      needed = (int) Math.min(MEGAPIXELS, 1 + accepted.header().pixels() / 1_000_000);
    }
    megapixels.acquireUninterruptibly(needed);
    try {
      return work.get();
    } finally {
      megapixels.release(needed);
    }
  }
}
