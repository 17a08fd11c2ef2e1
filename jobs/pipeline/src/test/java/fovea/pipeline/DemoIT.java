package fovea.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.lake.Lake;
import fovea.lake.LakeTable;
import fovea.runtime.JobContexts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, end to end: uploads over HTTP, every stage over s3a, answers over HTTP. */
class DemoIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void the_demo_brings_results_through_the_whole_house_and_a_second_run_adds_no_row(
      @TempDir Path folder) throws Exception {
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"))) {
      Path data = platform.data();
      demo(data);
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("demo-session completed");
      assertThat(Files.size(data.resolve("demo/model.ply"))).isGreaterThan(10_000);
      Map<String, Long> first = rows(data);
      // 12 patients' eyes, the file cut short, 9 views, transforms.json, points.ply.
      assertThat(first).containsEntry("captures", 24L + 1 + 9 + 2);
      assertThat(first).containsEntry("fundus_images", 24L);
      assertThat(first).containsEntry("training_runs", 1L).containsEntry("predictions", 24L);
      assertThat(first).containsEntry("reconstructions", 1L);
      assertThat(first.get("bias_findings")).isPositive();
      assertThat(quarantined(data)).containsExactly("[truncated]");
      assertTheModelIsJudged(data, first.get("training_members"));
      demo(data);
      assertThat(rows(data)).isEqualTo(first);
      assertNoSecretLeaked(data);
    }
  }

  // A dozen patients and one epoch make no network to publish, and the gate says so.
  private void assertTheModelIsJudged(Path data, long members) {
    String list = models(data, Main.FINE, "list");
    assertThat(list).contains("training run", " candidate ");
    String run = list.lines().toList().get(1).split(" ")[0];
    assertThat(models(data, Main.CALLERS_MISTAKE, "gate", run))
        .contains("test images", "at least 100", "gap in auc by sex");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("model " + run + " does not pass");
    assertThat(models(data, Main.FINE, "lineage", run, "--out", "-"))
        .startsWith("part,image_id,patient_id,organization_id\n")
        .hasLineCount(1 + (int) members);
    assertThat(members).isGreaterThan(12);
  }

  private String models(Path data, int code, String... words) {
    out.reset();
    List<String> line = new ArrayList<>(List.of("models"));
    line.addAll(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    assertThat(Main.run(line, Map.of(), new PrintStream(out), new PrintStream(err)))
        .as(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(code);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void demo(Path data) {
    int code =
        Main.run(
            List.of(
                "demo",
                "--data",
                data.toString(),
                "--patients",
                "12",
                "--views",
                "9",
                "--epochs",
                "1",
                "--iterations",
                "60",
                "--cap",
                "2000",
                "--resolution",
                "160"),
            Map.of(),
            new PrintStream(out),
            new PrintStream(err));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
  }

  private static Map<String, Long> rows(Path data) throws Exception {
    Lake lake = lake(data);
    try (SparkSession spark = lake.spark()) {
      Map<String, Long> rows = new TreeMap<>();
      for (LakeTable table : lake.tables()) {
        rows.put(table.name(), table.rows().count());
      }
      return rows;
    }
  }

  private static List<String> quarantined(Path data) throws Exception {
    Lake lake = lake(data).registerViews();
    try (SparkSession spark = lake.spark()) {
      return spark
          .sql("SELECT reason_code FROM captures WHERE status = 'quarantined'")
          .collectAsList()
          .stream()
          .map(Object::toString)
          .toList();
    }
  }

  private static Lake lake(Path data) {
    return JobContexts.lake(SettingValues.of(Map.of("data", data.toString())), Map.of());
  }

  private static void assertNoSecretLeaked(Path data) throws Exception {
    List<String> secrets =
        Files.readAllLines(data.resolve("platform.env")).stream()
            .filter(line -> line.matches("[A-Z_]*(PASSWORD|SECRET)[A-Z_]*=.*"))
            .map(line -> line.substring(line.indexOf('=') + 1))
            .toList();
    assertThat(secrets).isNotEmpty();
    try (var logs = Files.walk(data.resolve("logs"))) {
      for (Path log : logs.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(log)).as(log.toString()).doesNotContain(secrets);
      }
    }
  }
}
