package fovea.ingest;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.runtime.JobContexts;
import fovea.runtime.Progress;
import fovea.runtime.RuntimeSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The driver of an ingest as the command line starts it, in a JVM of its own; says its report. */
final class IngestDriver {
  private IngestDriver() {}

  public static void main(String[] words) {
    try {
      System.out.println("= " + run(List.of(words), System.getenv()));
    } catch (Throwable failed) {
      failed.printStackTrace();
      System.exit(3);
    }
    System.exit(0); // Spark's threads are no daemons
  }

  private static String run(List<String> words, Map<String, String> environment) {
    IngestJob job = new IngestJob();
    List<Setting<?>> known =
        Stream.concat(RuntimeSettings.ALL.stream(), job.settings().stream()).toList();
    SettingValues values = SettingValues.parse(words, known, environment);
    try (JobContexts contexts =
        JobContexts.open("ingest", values, environment, Progress.silent())) {
      return job.run(contexts.context()).line();
    }
  }
}
