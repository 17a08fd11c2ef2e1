package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.PlatformEnv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Where the running platform is: DATA/platform.env, or the environment where there is none. */
final class Platform {
  private Platform() {}

  /** Refuses, with the way out, where no stores are known. */
  static void require(Path data, Map<String, String> environment) {
    if (!Files.exists(data.resolve(PlatformEnv.FILE)) && !environment.containsKey("DATABASE_URL")) {
      throw new CallerMistake(
          "no-platform",
          "no platform runs on " + data + " and DATABASE_URL is not set",
          "Start one with ./fovea up --data " + data + ", or set DATABASE_URL and S3_BUCKET_NAME");
    }
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
}
