package fovea.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real data beside the repository, which not every machine has. */
public final class SharedData {
  private SharedData() {}

  /**
   * A file or folder of {@code ../shared}; the calling test is skipped, with a message, where it is
   * absent.
   *
   * @param path relative to {@code shared}
   */
  public static Path orSkip(String path) {
    Path shared = Repository.root().resolveSibling("shared").resolve(path).normalize();
    assumeTrue(Files.exists(shared), () -> "skipped: there is no ../shared/" + path);
    return shared;
  }
}
