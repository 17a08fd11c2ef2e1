package fovea.runtime;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.PlatformEnv;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The variables a job runs under: the process's own, and those the platform left in its folder. */
public final class PlatformEnvironment {
  private PlatformEnvironment() {}

  /**
   * The process's variables under those of {@code DATA/platform.env}, where there is one: whoever
   * names a platform's folder means that platform, not what the shell happens to export.
   */
  public static Map<String, String> of(Path data, Map<String, String> process) {
    Map<String, String> variables = new HashMap<>(process);
    variables.putAll(read(data.resolve(PlatformEnv.FILE)));
    return variables;
  }

  private static Map<String, String> read(Path file) {
    try {
      return PlatformEnv.read(file);
    } catch (UncheckedIOException unreadable) {
      throw new CallerMistake(
          "unreadable-platform",
          String.valueOf(unreadable.getMessage()),
          "Run as the user who started the platform, or name another folder with --data");
    }
  }
}
