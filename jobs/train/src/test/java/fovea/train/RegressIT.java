package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.errors.CallerMistake;
import fovea.contract.refraction.RefractiveError;
import fovea.contract.settings.SettingValues;
import fovea.lake.Lake;
import fovea.lake.RefractionPredictions;
import fovea.lake.Refractions;
import fovea.lake.TrainingMembers;
import fovea.lake.TrainingRuns;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linear models of eyes whose answers are known, and of PAPILA where it lies there. */
class RegressIT {
  private static final Path PAPILA =
      Path.of("../../../shared/data/refraction-papila").toAbsolutePath();
  private static final int PATIENTS = 150;
  private static final double DIOPTRES_A_MILLIMETRE = -2.5;

  @TempDir static Path folder;
  private static SparkSession spark;
  private static LabelStore labels;
  private static JobRegistry registry;
  private static ObjectStoreSettings objectSettings;
  private static ObjectStore objects;
  private static Lake lake;

  @BeforeAll
  static void open() {
    spark = SparkSessions.local();
    labels = LabelStore.start(folder.resolve("postgres"));
    registry = labels.registry();
    objectSettings = ObjectStoreSettings.local(folder.resolve("objects"));
    objects = ObjectStore.open(objectSettings);
    lake = lake("synthetic", synthetic());
  }

  @AfterAll
  static void close() throws Exception {
    registry.close();
    objects.close();
    labels.close();
    spark.close();
  }

  @Test
  void length_tells_the_equivalent_and_pressure_the_diagnosis_of_synthetic_eyes() throws Exception {
    JobReport equivalent = regress(lake, Map.of("ask", "equivalent"));
    JsonNode model = model(equivalent);
    assertThat(model.at("/features/0").asText()).isEqualTo("axial_length");
    assertThat(model.at("/coefficients/0").asDouble())
        .isCloseTo(DIOPTRES_A_MILLIMETRE, within(0.1));
    JsonNode errors = metrics(lake, equivalent);
    double error = errors.path("meanAbsoluteError").asDouble();
    assertThat(error).isLessThan(0.5 * errors.path("meanAbsoluteErrorOfTheMean").asDouble());
    assertThat(error).isBetween(interval(errors, 0), interval(errors, 1));
    assertThat(errors.path("determination").asDouble()).isGreaterThan(0.8);

    labels.withdraw(id("synthetic1"), "training");
    JobReport diagnosis = regress(lake, Map.of("ask", "diagnosis"));
    assertThat(diagnosis.rejected()).containsEntry("no-consent", 2L);
    JsonNode figures = metrics(lake, diagnosis);
    assertThat(figures.path("auc").asDouble()).isGreaterThan(0.9);
    assertThat(figures.path("aucInterval").get(0).asDouble()).isGreaterThan(0.7);
    assertThat(diagnosis.rejected()).containsKey("no-answer-known"); // suspects
    assertPatientsLieInOnePart(lake, diagnosis);
    assertThat(regress(lake, Map.of("ask", "diagnosis")).rowsOut()).as("again").isZero();
    String run = diagnosis.notes().get("run");
    assertThat(registry.trainedModels().find(UUID.fromString(run))).isPresent();
    JsonNode header = NetworkFiles.JSON.readTree(objects.read(header(run), 1 << 20).orElseThrow());
    assertThat(header.path("meaning").asText()).isEqualTo("glaucoma rather than healthy");
    ModelRegistry.in(context(lake, Map.of("by", "eve"))).gate(UUID.fromString(run));
    byte[] card = objects.read(ModelRegistry.card(UUID.fromString(run)), 1 << 20).orElseThrow();
    assertThat(new String(card, StandardCharsets.UTF_8))
        .contains("refraction and biometry of eyes: an answer for glaucoma rather than healthy")
        .doesNotContain("photographs of the retina");
  }

  @Test
  void without_the_diagnosis_that_is_asked_for_there_is_nothing_to_fit() {
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> regress(lake, Map.of("positive", "keratoconus")))
        .withMessageContaining("both answers");
  }

  // Retyped data: what is checked is that its traps do no harm, not that its figures are good.
  @Test
  void real_refractions_are_fitted_without_their_impossible_rows() throws Exception {
    assumeTrue(Files.isDirectory(PAPILA), "PAPILA is not here");
    List<Row> rows = papila();
    assertThat(rows).hasSizeBetween(400, 487);
    Lake papila = lake("papila", rows);
    JsonNode figures = metrics(papila, regress(papila, Map.of("ask", "diagnosis")));
    JsonNode area = figures.path("aucInterval");
    assertThat(figures.path("auc").asDouble())
        .isBetween(area.get(0).asDouble(), area.get(1).asDouble());
    assertThat(area.get(0).asDouble()).isPositive();
    assertThat(area.get(1).asDouble()).isLessThan(1);
    JsonNode errors = metrics(papila, regress(papila, Map.of("ask", "equivalent")));
    assertThat(errors.path("meanAbsoluteError").asDouble()).isBetween(0.3, 3.0);
    System.out.println("PAPILA: " + figures + " " + errors);
  }

  private static void assertPatientsLieInOnePart(Lake lake, JobReport report) {
    String run = report.notes().get("run");
    var members = TrainingMembers.in(lake).rows().where(col("training_run").equalTo(run)).persist();
    var said =
        RefractionPredictions.in(lake).rows().where(col("training_run").equalTo(run)).persist();
    assertThat(members.count()).isEqualTo(said.count()).isGreaterThan(PATIENTS);
    assertThat(
            said.groupBy("patient_id")
                .agg(count_distinct(col("split")).as("parts"))
                .where("parts > 1")
                .count())
        .isZero();
    assertThat(said.where("predicted < 0 OR predicted > 1 OR prediction NOT IN (0, 1)").count())
        .isZero();
  }

  private static double interval(JsonNode errors, int end) {
    return errors.path("meanAbsoluteErrorInterval").get(end).asDouble();
  }

  private static JsonNode model(JobReport report) throws Exception {
    UUID run = UUID.fromString(report.notes().get("run"));
    return NetworkFiles.JSON.readTree(
        objects.read(NetworkFiles.weights(run), 1 << 20).orElseThrow());
  }

  private static fovea.contract.capture.ObjectKey header(String run) {
    return NetworkFiles.header(UUID.fromString(run));
  }

  private static JsonNode metrics(Lake lake, JobReport report) throws Exception {
    String run = report.notes().get("run");
    Row row = TrainingRuns.in(lake).rows().where(col("training_run").equalTo(run)).first();
    return NetworkFiles.JSON.readTree(row.<String>getAs("metrics"));
  }

  private static JobReport regress(Lake lake, Map<String, String> flags) {
    return new RegressJob().run(context(lake, flags));
  }

  private static JobContext context(Lake lake, Map<String, String> flags) {
    return new JobContext(
        UUID.randomUUID(),
        spark,
        lake,
        objects,
        objectSettings,
        registry,
        SettingValues.of(flags),
        Progress.silent());
  }

  private static Lake lake(String name, List<Row> rows) {
    Lake lake = new Lake(spark, folder.toUri() + name).createTables();
    Refractions table = Refractions.in(lake);
    table.merge(spark.createDataFrame(rows, table.schema()));
    return lake;
  }

  private static List<Row> synthetic() {
    SplittableRandom random = new SplittableRandom(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < PATIENTS; i++) {
      UUID patient = id("synthetic" + i);
      labels.patient(patient, i % 9 == 0 ? 1 : 30 + i % 50, i % 2 == 0 ? "female" : "male");
      double length = 22 + 4 * random.nextDouble();
      String diagnosis = i % 10 == 0 ? "glaucoma suspect" : i % 3 == 0 ? "glaucoma" : "healthy";
      for (String side : List.of("left", "right")) {
        double sphere = DIOPTRES_A_MILLIMETRE * (length - 24) + random.nextDouble() - 0.5;
        double pressure = (diagnosis.equals("glaucoma") ? 24 : 15) + 6 * random.nextDouble();
        RefractiveError error = new RefractiveError(sphere, -0.5, 90);
        rows.add(row(patient, side, error, i % 7 == 0 ? null : length, pressure, diagnosis));
      }
    }
    return rows;
  }

  private static List<Row> papila() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String side : List.of("od", "os")) {
      List<String> lines = Files.readAllLines(PAPILA.resolve("patient_data_" + side + ".csv"));
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(";", -1);
        try {
          RefractiveError error =
              new RefractiveError(number(cells[4]), number(cells[5]), number(cells[6]));
          UUID patient = id("papila" + cells[0]);
          labels.patient(patient, (int) number(cells[1]), cells[2].equals("1") ? "female" : "male");
          String diagnosis = List.of("healthy", "glaucoma", "suspect").get((int) number(cells[3]));
          Double pressure = cells[8].isBlank() ? null : (Double) number(cells[8]);
          Double length = cells[11].isBlank() ? null : (Double) number(cells[11]);
          rows.add(row(patient, side, error, length, pressure, diagnosis));
        } catch (IllegalArgumentException impossible) {
          assertThat(cells[0]).startsWith("#");
        }
      }
    }
    return rows;
  }

  private static double number(String cell) {
    return Double.parseDouble(cell.strip().replace(',', '.'));
  }

  private static Row row(
      UUID patient,
      String side,
      RefractiveError error,
      Double length,
      Double pressure,
      String diagnosis) {
    return RowFactory.create(
        id(patient + side).toString(),
        "clinic",
        id("eye" + patient + side).toString(),
        patient.toString(),
        side,
        error.sphere(),
        error.cylinder(),
        error.axis(),
        error.sphericalEquivalent(),
        error.j0(),
        error.j45(),
        length,
        pressure,
        diagnosis,
        Timestamp.from(Instant.parse("2026-01-01T00:00:00Z")),
        "run");
  }

  private static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
