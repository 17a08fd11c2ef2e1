package fovea.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where the sources lie, found from the folder a test runs in. */
public final class Repository {
  private Repository() {}

  /**
   * The repository's root.
   *
   * @throws IllegalStateException where the test runs outside of it
   */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Stream.iterate(here, folder -> folder != null, Path::getParent)
        .filter(folder -> Files.isRegularFile(folder.resolve("infra/embedded/pom.xml")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("not inside the repository: " + here));
  }
}
