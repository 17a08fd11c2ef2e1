package fovea.reconstruct;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.lake.Lake;
import fovea.lake.Reconstructions;
import fovea.objects.ObjectStoreSettings;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconstructJobIT {
  @Test
  void sessions_become_models_or_reasons_and_a_second_run_does_nothing(@TempDir Path folder)
      throws Exception {
    MemoryStores.clear();
    UUID good = MemoryStores.session(PhotoSession.write(folder.resolve("good"), 9));
    Path poseless = PhotoSession.write(folder.resolve("poseless"), 3);
    Files.delete(poseless.resolve("transforms.json"));
    UUID bad = MemoryStores.session(poseless);
    try (var spark = SparkSessions.local()) {
      Lake lake = new Lake(spark, folder.toUri() + "lake").createTables();
      MemoryStores stores = new MemoryStores();
      JobContext context =
          new JobContext(
              UUID.randomUUID(),
              spark,
              lake,
              stores.objects(),
              ObjectStoreSettings.local(folder),
              stores.registry(),
              SettingValues.of(Map.of("iterations", "60", "cap", "200", "threads", "1")),
              Progress.silent());
      ReconstructJob job = new ReconstructJob(c -> new MemoryStores());

      JobReport first = job.run(context);
      JobReport second = job.run(context);

      assertThat(first.rowsIn()).isEqualTo(2);
      assertThat(first.rowsOut()).isEqualTo(1);
      assertThat(first.rejected()).containsEntry("poses-needed", 1L);
      assertThat(second.rowsIn()).isZero();
      assertThat(MemoryStores.STATUS).containsEntry(good, "completed").containsEntry(bad, "failed");
      assertThat(MemoryStores.REASONS.get(bad)).contains("Poses needed");
      assertThat(MemoryStores.PERCENTS).contains(0, 49, 99);
      String prefix = "models/" + good + "/1/";
      assertThat(MemoryStores.OBJECTS)
          .containsKeys(prefix + "model.ply", prefix + "report.html", prefix + "report.json");
      Map<String, Row> rows =
          Reconstructions.in(lake).rows().collectAsList().stream()
              .collect(java.util.stream.Collectors.toMap(r -> r.getAs("session_id"), r -> r));
      assertThat(rows).hasSize(2);
      assertThat(rows.get(good.toString()).<String>getAs("status")).isEqualTo("completed");
      assertThat(rows.get(good.toString()).<Double>getAs("psnr")).isGreaterThan(15);
      assertThat(rows.get(good.toString()).<String>getAs("sha256")).hasSize(64);
      assertThat(rows.get(bad.toString()).<String>getAs("status")).isEqualTo("failed");
      assertThat(rows.get(bad.toString()).<String>getAs("reason")).contains("Poses needed");
    }
  }
}
