package fovea.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.lake.Captures;
import fovea.lake.FundusImages;
import fovea.lake.Lake;
import fovea.objects.ObjectStoreSettings;
import fovea.preprocess.fundus.PreprocessSettings;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreprocessJobIT {
  private static final StructType CAPTURE =
      StructType.fromDDL(
          "image_id STRING, organization_id STRING, kind STRING, patient_id STRING,"
              + " object_key STRING, sha256 STRING, status STRING, ingested_at TIMESTAMP,"
              + " run STRING, content BINARY");
  private static final Map<String, String> SMALL = Map.of("size", "128");

  private SparkSession spark;

  @BeforeAll
  void open() {
    spark = SparkSessions.local();
  }

  @AfterAll
  void close() {
    spark.stop();
  }

  @Test
  void every_accepted_photograph_becomes_one_row_and_a_second_run_adds_nothing(
      @TempDir Path folder) {
    Lake lake = lake(folder);
    byte[] good = Retina.jpeg(600);
    capture(
        lake,
        row("good", "fundus", "accepted", good),
        row("torn", "fundus", "accepted", Arrays.copyOf(good, good.length / 2)),
        row("text", "fundus", "accepted", "hello".getBytes(StandardCharsets.UTF_8)),
        row("lost", "fundus", "accepted", null),
        row("quarantined", "fundus", "quarantined", null),
        row("photo", "photo", "accepted", null));

    List<Long> progress = new ArrayList<>();
    JobReport first = run(lake, SMALL, (stage, done, total) -> progress.add(done));
    assertThat(first.rowsIn()).isEqualTo(4);
    assertThat(first.rowsOut()).isEqualTo(4);
    assertThat(first.rejected())
        .isEqualTo(Map.of("truncated", 1L, "unsupported-type", 1L, "empty-file", 1L));
    assertThat(first.notes()).containsEntry("good", "1");
    // Each picture once: the merge and the report read rows, not photographs.
    assertThat(progress).last().isEqualTo(4L);

    JobReport second = run(lake, SMALL, Progress.silent());
    assertThat(second.rowsIn()).isZero();
    assertThat(second.rowsOut()).isZero();
    assertThat(FundusImages.in(lake).rows().count()).isEqualTo(4);
  }

  @Test
  void a_row_carries_pixels_grade_and_the_parameters(@TempDir Path folder) {
    Lake lake = lake(folder);
    capture(lake, row("good", "fundus", "accepted", Retina.jpeg(600)));
    run(lake, SMALL, Progress.silent());
    Row row = FundusImages.in(lake).rows().head();
    PreprocessSettings settings = PreprocessSettings.of(SettingValues.of(SMALL));
    assertThat(row.<String>getAs("status")).isEqualTo("processed");
    assertThat(row.<String>getAs("quality_grade")).isEqualTo("good");
    assertThat(row.<Double>getAs("quality_score")).isBetween(0.7, 1.0);
    assertThat(row.<String>getAs("capture_sha256")).isEqualTo("hash of good");
    assertThat(row.<String>getAs("patient_id")).isEqualTo("pseudonym");
    assertThat(row.<String>getAs("parameters_version")).isEqualTo(settings.parametersVersion());
    assertThat(row.<String>getAs("parameters")).isEqualTo(settings.json());
    assertThat(row.<Integer>getAs("size")).isEqualTo(128);
    var pixels = Imgcodecs.imdecode(new MatOfByte(row.<byte[]>getAs("pixels")), -1);
    assertThat(pixels.size().toString()).isEqualTo("128x128");
  }

  @Test
  void other_parameters_and_new_photographs_add_only_what_is_missing(@TempDir Path folder) {
    Lake lake = lake(folder);
    capture(lake, row("one", "fundus", "accepted", Retina.jpeg(300)));
    run(lake, SMALL, Progress.silent());
    assertThat(run(lake, Map.of("size", "64"), Progress.silent()).rowsOut()).isEqualTo(1);
    capture(lake, row("two", "fundus", "accepted", Retina.jpeg(300)));
    JobReport third = run(lake, SMALL, Progress.silent());
    assertThat(third.rowsIn()).isEqualTo(1);
    assertThat(third.rowsOut()).isEqualTo(1);
    assertThat(FundusImages.in(lake).rows().select("image_id", "size").distinct().count())
        .isEqualTo(3);
  }

  private JobReport run(Lake lake, Map<String, String> flags, Progress progress) {
    ObjectStoreSettings nowhere = ObjectStoreSettings.local(Path.of("."));
    return new PreprocessJob()
        .run(
            new JobContext(
                UUID.randomUUID(),
                spark,
                lake,
                null,
                nowhere,
                null,
                SettingValues.of(flags),
                progress));
  }

  private Lake lake(Path folder) {
    return new Lake(spark, folder.toUri() + "lake").createTables();
  }

  private void capture(Lake lake, Row... rows) {
    Captures.in(lake).merge(spark.createDataFrame(List.of(rows), CAPTURE));
  }

  private static Row row(String image, String kind, String status, byte[] content) {
    return RowFactory.create(
        image,
        "organization",
        kind,
        "pseudonym",
        "key of " + image,
        "hash of " + image,
        status,
        Timestamp.from(Instant.EPOCH),
        "run",
        content);
  }
}
