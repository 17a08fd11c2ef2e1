package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the running platform is: DATA/platform.env, or the environment where there is none. */
final class Platform {
  private static final String FILE = "platform.env";

  private Platform() {}

  /** The environment with what the platform of a data folder says of itself laid over it. */
  static Map<String, String> environment(Path data, Map<String, String> environment)
      throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return requireStores(data, environment);
    }
    Map<String, String> all = new HashMap<>(environment);
    Files.readAllLines(file).stream()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line ->
                all.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return all;
  }

  /** The folder that a command line names by {@code --data}, for the log of a failure. */
  static String dataFolder(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).startsWith("--data=")) {
        return words.get(i).substring("--data=".length());
      }
      if (words.get(i).equals("--data") && i + 1 < words.size()) {
        return words.get(i + 1);
      }
    }
    return ".fovea";
  }

  private static Map<String, String> requireStores(Path data, Map<String, String> environment) {
    if (!environment.containsKey("DATABASE_URL")) {
      throw new CallerMistake(
          "no-platform",
          "no platform runs on " + data + " and DATABASE_URL is not set",
          "Start one with ./fovea up --data " + data + ", or set DATABASE_URL and S3_*");
    }
    return environment;
  }
}
