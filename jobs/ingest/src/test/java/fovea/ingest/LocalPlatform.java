package fovea.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One platform over local folders for all test classes of a JVM: Spark takes longer to start than
 * most tests to run.
 */
final class LocalPlatform {
  private static @Nullable Platform platform;

  private LocalPlatform() {}

  static synchronized Platform get() {
    if (platform == null || platform.spark.sparkContext().isStopped()) {
      platform = started();
    }
    return platform;
  }

  private static Platform started() {
    try {
      return Platform.inFolder(Files.createTempDirectory(Path.of("target"), "platform"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
