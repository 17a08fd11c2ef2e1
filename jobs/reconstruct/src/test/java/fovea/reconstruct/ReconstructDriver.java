package fovea.reconstruct;

import fovea.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A driver of a reconstruction in a JVM of its own, on stores that another process started: the
 * database's URL, the folder, and settings as {@code name=value}.
 */
final class ReconstructDriver {
  private ReconstructDriver() {}

  public static void main(String[] words) {
    try {
      RegistrySettings owner = new RegistrySettings(words[0], "postgres", "x");
      Map<String, String> flags = new HashMap<>();
      for (int i = 2; i < words.length; i++) {
        flags.put(words[i].split("=")[0], words[i].split("=")[1]);
      }
      try (Platform platform = new Platform(Path.of(words[1]), owner, () -> {})) {
        System.out.println("= " + platform.reconstruct(flags).line());
      }
    } catch (Throwable failed) {
      failed.printStackTrace();
      System.exit(3);
    }
    System.exit(0); // Spark's threads are no daemons
  }
}
