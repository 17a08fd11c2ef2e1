package fovea.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.contract.settings.SettingValues;
import fovea.lake.Captures;
import fovea.lake.Lake;
import fovea.runtime.JobContexts;
import fovea.testkit.JvmProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose disk has four kilobytes, one of their folders at a time; needs Linux's unshare. */
class FullDiskIT {
  // A disk of its own at $1, for this process and its children only, then the command.
  private static final String WITH_A_DISK =
      "mount -t tmpfs -o size=4k none \"$1\"; shift; exec \"$@\"";

  @TempDir Path folder;

  @Test
  void a_full_disk_is_named_nothing_is_committed_and_the_next_run_takes_all() throws Exception {
    assumeTrue(canMount(), "this machine lets no process mount a disk of its own (unshare -rm)");
    Path full = Files.createDirectory(folder.resolve("full"));
    Path photographs = new DemoData(folder.resolve("input")).make(4, 8).cohort();
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"))) {
      run("ingest"); // makes the tables
      run("load", "folder", "--from", photographs.toString());
      assertFull("ingest", full, "-Dspark.hadoop.fs.s3a.buffer.dir=" + full);
      assertFull("ingest", full, "-Dspark.local.dir=" + full);
      assertThat(captures(platform)).isZero();
      run("ingest");
      assertThat(captures(platform)).isEqualTo(9);
    }
  }

  private void assertFull(String command, Path full, String option) throws Exception {
    Path errors = folder.resolve("errors");
    List<String> before = List.of("unshare", "-rm", "sh", "-c", WITH_A_DISK, "sh", full.toString());
    List<String> words = List.of(command, "--data", data());
    try (JvmProcess job =
        JvmProcess.startBehind(before, Main.class, words, List.of(option), Map.of(), errors)) {
      assertThat(job.exitCode()).as(option).isEqualTo(Main.OUR_FAULT);
    }
    assertThat(Files.readString(errors))
        .as(option)
        .contains("fovea: a disk is full: ", full + " (0 of 0 MB free)");
  }

  private void run(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data()));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(line, Map.of(), System.out, new PrintStream(err));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static long captures(PlatformProcess platform) throws IOException {
    SettingValues values = SettingValues.of(Map.of("data", platform.data().toString()));
    Lake lake = JobContexts.lake(values, Map.of());
    try (SparkSession spark = lake.spark()) {
      return Captures.in(lake).rows().count();
    }
  }

  private static boolean canMount() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-rm", "sh", "-c", "mount -t tmpfs none /tmp")
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }
}
