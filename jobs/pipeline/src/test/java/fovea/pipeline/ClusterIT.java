package fovea.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.lake.Captures;
import fovea.lake.FundusImages;
import fovea.lake.Lake;
import fovea.lake.TrainingRuns;
import fovea.runtime.JobContexts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ingest, preprocess and training on a real standalone cluster over s3a, beside the same work done
 * locally.
 */
class ClusterIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String[] SHIPPED = {
    "spark.extraListeners",
    "spark.executor.extraClassPath",
    "spark.executor.memory",
    "spark.executor.extraJavaOptions",
    "spark.driver.host",
    "spark.driver.bindAddress",
    "spark.sql.shuffle.partitions",
    "spark.databricks.delta.snapshotPartitions"
  };

  @TempDir Path folder;

  @AfterEach
  void forgetTheCluster() {
    for (String name : SHIPPED) {
      System.clearProperty(name);
    }
  }

  @Test
  void an_executor_killed_midway_changes_no_row() throws Exception {
    Path photographs = new DemoData(folder.resolve("input")).make(12, 8).cohort();
    List<String> local = locally(photographs);
    List<String> onCluster = onClusterWithAKill(photographs);
    assertThat(KillAnExecutor.killed()).as("an executor was killed").isTrue();
    assertThat(onCluster).isEqualTo(local);
    assertThat(local).hasSizeGreaterThan(2 * 24);
  }

  private List<String> locally(Path photographs) throws Exception {
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("local"))) {
      load(platform, photographs);
      run(platform, "ingest");
      run(platform, "preprocess");
      return rows(platform);
    }
  }

  private List<String> onClusterWithAKill(Path photographs) throws Exception {
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("cluster"));
        LocalCluster cluster =
            LocalCluster.start(TARGET.resolve("spark"), folder.resolve("spark"), 0, 2, 1, "1g")) {
      load(platform, photographs);
      onTheCluster();
      KillAnExecutor.arm(cluster);
      run(platform, "ingest", "--master", cluster.url());
      assertThat(KillAnExecutor.killed()).as("killed during ingest").isTrue();
      run(platform, "preprocess", "--master", cluster.url());
      KillAnExecutor.arm(cluster, "SparkWorkers");
      train(platform, "--master", cluster.url());
      assertThat(KillAnExecutor.killed()).as("killed between two averages").isTrue();
      forgetTheCluster();
      assertTheSameWeightsUndisturbed(platform);
      return rows(platform);
    }
  }

  private static void train(PlatformProcess platform, String... more) {
    List<String> words = new ArrayList<>(List.of("--trainers", "2", "--local-steps", "2"));
    words.addAll(List.of("--epochs", "4", "--batch", "4", "--image-size", "32", "--threads", "1"));
    words.addAll(Arrays.asList(more));
    run(platform, "train", words.toArray(String[]::new));
  }

  private static void assertTheSameWeightsUndisturbed(PlatformProcess platform) throws Exception {
    String disturbed = weightsThenForgotten(platform);
    train(platform);
    assertThat(weightsThenForgotten(platform)).isEqualTo(disturbed).hasSize(64);
  }

  private static String weightsThenForgotten(PlatformProcess platform) throws Exception {
    SettingValues values = SettingValues.of(Map.of("data", platform.data().toString()));
    Lake lake = JobContexts.lake(values, Map.of());
    try (SparkSession spark = lake.spark()) {
      List<Row> runs = TrainingRuns.in(lake).rows().collectAsList();
      assertThat(runs).hasSize(1);
      spark.sql("DELETE FROM delta.`" + lake.root() + "/training_runs`");
      return runs.get(0).getAs("artifact_sha256");
    }
  }

  // What the launcher passes for a cluster on this machine.
  private static void onTheCluster() {
    System.setProperty("spark.extraListeners", KillAnExecutor.class.getName());
    System.setProperty(
        "spark.executor.extraClassPath",
        TARGET.resolve("lib") + "/*:" + TARGET.resolve("fovea-pipeline-0.1.0-SNAPSHOT.jar"));
    System.setProperty("spark.executor.memory", "1g");
    System.setProperty(
        "spark.executor.extraJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.driver.bindAddress", "127.0.0.1");
    System.setProperty("spark.sql.shuffle.partitions", "4");
    System.setProperty("spark.databricks.delta.snapshotPartitions", "2");
  }

  private static void load(PlatformProcess platform, Path photographs) {
    run(platform, "load", "folder", "--from", photographs.toString());
  }

  private static void run(PlatformProcess platform, String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(Arrays.asList(more));
    words.addAll(List.of("--data", platform.data().toString()));
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(words, Map.of(), System.out, new PrintStream(err));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
  }

  /** What must not depend on where the work was done: everything but ids and times. */
  private static List<String> rows(PlatformProcess platform) throws Exception {
    SettingValues values = SettingValues.of(Map.of("data", platform.data().toString()));
    Lake lake = JobContexts.lake(values, Map.of());
    try (SparkSession spark = lake.spark()) {
      List<String> all = new ArrayList<>();
      all.addAll(
          lines(
              Captures.in(lake)
                  .rows()
                  .selectExpr(
                      "'capture'",
                      "sha256",
                      "status",
                      "reason_code",
                      "width",
                      "height",
                      "sha2(content, 256)")));
      all.addAll(
          lines(
              FundusImages.in(lake)
                  .rows()
                  .selectExpr(
                      "'image'",
                      "capture_sha256",
                      "status",
                      "quality_grade",
                      "quality_score",
                      "sha2(pixels, 256)")));
      return all;
    }
  }

  private static List<String> lines(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
