package fovea.runtime;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The variables a job runs under: the process's own, and those the platform left in its folder. */
public final class PlatformEnvironment {
  /** The file in the platform's folder: {@code KEY=VALUE} lines, comments with #. */
  public static final String FILE = "platform.env";

  private PlatformEnvironment() {}

  /**
   * The process's variables under those of {@code DATA/platform.env}, where there is one: whoever
   * names a platform's folder means that platform, not what the shell happens to export.
   */
  public static Map<String, String> of(Path data, Map<String, String> process) {
    Map<String, String> variables = new HashMap<>(process);
    Path file = data.resolve(FILE);
    if (Files.exists(file)) {
      variables.putAll(parse(file));
    }
    return variables;
  }

  private static Map<String, String> parse(Path file) {
    Map<String, String> variables = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0 && !line.startsWith("#")) {
          variables.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    } catch (IOException unreadable) {
      throw new CallerMistake(
          "unreadable-platform",
          "cannot read " + file + ": " + unreadable.getClass().getSimpleName(),
          "Run as the user who started the platform, or name another folder with --data");
    }
    return variables;
  }
}
