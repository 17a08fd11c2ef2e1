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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.Mat;
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
  private Lake lake;
  private JobReport first;

  @BeforeAll
  void run_once(@TempDir Path folder) {
    spark = SparkSessions.local();
    lake = new Lake(spark, folder.toUri() + "lake").createTables();
    byte[] good = Retina.jpeg(600);
    capture(
        row("good", "fundus", "accepted", good),
        row("torn", "fundus", "accepted", Arrays.copyOf(good, good.length / 2)),
        row("text", "fundus", "accepted", "hello".getBytes(StandardCharsets.UTF_8)),
        row("lost", "fundus", "accepted", null),
        row("quarantined", "fundus", "quarantined", null),
        row("photo", "photo", "accepted", null));
    first = run(SMALL, Progress.silent());
  }

  @AfterAll
  void close() {
    spark.stop();
  }

  @Test
  void every_accepted_photograph_becomes_one_row() {
    assertThat(first.rowsIn()).isEqualTo(4);
    assertThat(first.rowsOut()).isEqualTo(4);
    assertThat(first.notes()).containsEntry("good", "1");
  }

  @Test
  void a_bad_picture_is_a_row_with_its_reason() {
    assertThat(first.rejected())
        .isEqualTo(Map.of("truncated", 1L, "unsupported-type", 1L, "empty-file", 1L));
    Row torn = FundusImages.in(lake).rows().where("image_id = 'torn'").head();
    assertThat(torn.<String>getAs("status")).isEqualTo("failed");
    assertThat(torn.<String>getAs("reason_code")).isEqualTo("truncated");
    assertThat(torn.<byte[]>getAs("pixels")).isNull();
  }

  @Test
  void a_row_carries_pixels_grade_and_the_parameters() {
    Row row = FundusImages.in(lake).rows().where("image_id = 'good' AND size = 128").head();
    PreprocessSettings settings = PreprocessSettings.of(SettingValues.of(SMALL));
    assertThat(row.<String>getAs("status")).isEqualTo("processed");
    assertThat(row.<String>getAs("quality_grade")).isEqualTo("good");
    assertThat(row.<Double>getAs("quality_score")).isBetween(0.7, 1.0);
    assertThat(row.<String>getAs("capture_sha256")).isEqualTo("hash of good");
    assertThat(row.<String>getAs("patient_id")).isEqualTo("pseudonym");
    assertThat(row.<String>getAs("parameters_version")).isEqualTo(settings.parametersVersion());
    assertThat(row.<String>getAs("parameters")).isEqualTo(settings.json());
    Mat pixels = Imgcodecs.imdecode(new MatOfByte(row.<byte[]>getAs("pixels")), -1);
    assertThat(pixels.size().toString()).isEqualTo("128x128");
  }

  @Test
  void a_second_run_adds_nothing_and_a_new_photograph_one_row() {
    long before = FundusImages.in(lake).rows().count();
    JobReport second = run(SMALL, Progress.silent());
    assertThat(second.rowsIn()).isZero();
    assertThat(second.rowsOut()).isZero();
    assertThat(FundusImages.in(lake).rows().count()).isEqualTo(before);

    capture(row("late", "fundus", "accepted", Retina.jpeg(300)));
    JobReport third = run(SMALL, Progress.silent());
    assertThat(third.rowsIn()).isEqualTo(1);
    assertThat(third.rowsOut()).isEqualTo(1);
  }

  @Test
  void other_parameters_add_other_rows_and_each_picture_is_processed_once() {
    PreprocessSettings other = PreprocessSettings.of(SettingValues.of(Map.of("size", "64")));
    Dataset<Row> images = FundusImages.in(lake).rows();
    Dataset<Row> known = Captures.in(lake).rows().where("image_id <> 'late'");
    Dataset<Row> waiting = PreprocessJob.waiting(known, images, other.parametersVersion());
    LongAccumulator done = spark.sparkContext().longAccumulator();
    ProcessedRows rows = new ProcessedRows(other, "another run", done);
    long added = FundusImages.in(lake).merge(PreprocessJob.processed(waiting, rows));
    assertThat(added).isEqualTo(4);
    // The merge may read its source twice; if it did, every picture would be processed twice.
    assertThat(done.value()).isEqualTo(4);
  }

  @Test
  void a_new_version_adds_rows_and_leaves_the_old_ones_as_they_were() {
    String old = PreprocessSettings.of(SettingValues.of(SMALL)).parametersVersion();
    Dataset<Row> before = FundusImages.in(lake).rows().where("parameters_version = '" + old + "'");
    List<Row> rows = before.orderBy("image_id").collectAsList();
    JobReport again = run(Map.of("size", "96"), Progress.silent());
    assertThat(again.rowsOut()).isEqualTo(again.rowsIn()).isPositive();
    Dataset<Row> after = FundusImages.in(lake).rows().where("parameters_version = '" + old + "'");
    assertThat(after.orderBy("image_id").collectAsList()).isEqualTo(rows);
  }

  @Test
  void what_was_measured_and_what_was_not_stands_in_the_row() {
    Row row = FundusImages.in(lake).rows().where("image_id = 'good' AND size = 128").head();
    assertThat(row.<Double>getAs("artefact")).isBetween(0.0, 1.0);
    for (String feature : List.of("vessel_density", "cup_to_disc")) {
      boolean missing = row.isNullAt(row.fieldIndex(feature));
      assertThat(row.isNullAt(row.fieldIndex(feature + "_reason"))).isNotEqualTo(missing);
    }
    boolean noDisc = row.isNullAt(row.fieldIndex("disc_x"));
    assertThat(row.isNullAt(row.fieldIndex("disc_reason"))).isNotEqualTo(noDisc);
  }

  private JobReport run(Map<String, String> flags, Progress progress) {
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

  private void capture(Row... rows) {
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
