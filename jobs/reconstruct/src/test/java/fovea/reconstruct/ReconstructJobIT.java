package fovea.reconstruct;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ObjectKey;
import fovea.lake.Reconstructions;
import fovea.runtime.JobReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconstructJobIT {
  private static final Map<String, String> QUICK =
      Map.of("iterations", "60", "cap", "200", "threads", "1");

  @Test
  void sessions_become_models_or_reasons_and_a_second_run_does_nothing(@TempDir Path folder)
      throws Exception {
    Path twice = PhotoSession.write(folder.resolve("good"), 9);
    Files.writeString(twice.resolve("broken.png"), "no picture");
    Path poseless = PhotoSession.write(folder.resolve("poseless"), 3);
    Files.delete(poseless.resolve("transforms.json"));
    try (Platform platform = new Platform(folder)) {
      UUID good = platform.ingested(twice);
      UUID bad = platform.ingested(poseless);

      JobReport first = platform.reconstruct(QUICK);
      JobReport second = platform.reconstruct(QUICK);

      assertThat(first.rowsIn()).isEqualTo(2);
      assertThat(first.rowsOut()).isEqualTo(1);
      assertThat(first.rejected()).containsEntry("no-overlap", 1L);
      assertThat(second.rowsIn()).isZero();
      theRegistryKnows(platform, good, bad);
      for (String file :
          List.of(
              "model.ply",
              "model.spz",
              "model.splat",
              "model.glb",
              "preview.jpg",
              "turntable.gif",
              "cameras.json",
              "points.ply",
              "report.html",
              "report.json",
              "photos.csv")) {
        assertThat(platform.objects.read(ObjectKey.model(good, 1, file), 10_000_000)).isPresent();
      }
      theLakeKnows(platform, good, bad);
    }
  }

  private static void theRegistryKnows(Platform platform, UUID good, UUID bad) {
    String session = "SELECT %s FROM sessions WHERE id = ?";
    assertThat(platform.ask(session.formatted("status"), good)).isEqualTo("completed");
    assertThat(platform.ask(session.formatted("status"), bad)).isEqualTo("failed");
    assertThat(platform.ask(session.formatted("failure_reason"), bad)).contains("No two of the");
    String formats = "SELECT string_agg(format, ' ' ORDER BY format) FROM models";
    assertThat(platform.ask(formats + " WHERE session_id = ?", good))
        .isEqualTo("glb ply splat spz");
    assertThat(
            platform.ask(
                "SELECT count(*) FROM session_files WHERE session_id = ? AND grade <> 'reject'",
                good))
        .isEqualTo("9");
    assertThat(
            platform.ask(
                "SELECT advice FROM session_files WHERE session_id = ? AND name = 'photo00.png'",
                good))
        .contains("a little soft");
  }

  private static void theLakeKnows(Platform platform, UUID good, UUID bad) {
    Map<String, Row> rows =
        Reconstructions.in(platform.lake).rows().collectAsList().stream()
            .collect(Collectors.toMap(r -> r.getAs("session_id"), r -> r));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(good.toString()).<String>getAs("status")).isEqualTo("completed");
    assertThat(rows.get(good.toString()).<Double>getAs("psnr")).isGreaterThan(15);
    assertThat(rows.get(good.toString()).<String>getAs("sha256")).hasSize(64);
    assertThat(rows.get(bad.toString()).<String>getAs("status")).isEqualTo("failed");
    assertThat(rows.get(bad.toString()).<String>getAs("reason")).contains("No two of the");
  }
}
