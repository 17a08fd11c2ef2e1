package fovea.imaging;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.Core;

/** The native library. Every entry point of this package loads it; others call {@link #load()}. */
public final class OpenCv {
  private OpenCv() {}

  /** Loads OpenCV once a process; cheap afterwards. Safe for several threads. */
  public static void load() {
    Once.touch();
  }

  private static final class Once {
    static {
      if (!FoundLibraries.load()) {
        Loader.load(opencv_java.class);
        FoundLibraries.remember();
      }
      // Callers run one picture a thread: threads inside OpenCV would only fight them.
      Core.setNumThreads(1);
    }

    static void touch() {}
  }
}
