package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.model.ModelState;
import fovea.contract.settings.SettingValues;
import fovea.lake.FundusImages;
import fovea.lake.Lake;
import fovea.lake.Predictions;
import fovea.lake.TrainingMembers;
import fovea.lake.TrainingRuns;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.registry.TrainedModel;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One study from images to predictions; each test goes on where the one before ended. */
@TestMethodOrder(OrderAnnotation.class)
class TrainPredictIT {
  private static final int PATIENTS = 45;
  private static final Map<String, String> QUICK =
      Map.of("image-size", "32", "epochs", "6", "batch", "8", "threads", "1");

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
    lake = new Lake(spark, folder.toUri() + "lake").createTables();
  }

  @AfterAll
  static void close() throws Exception {
    registry.close();
    objects.close();
    labels.close();
    spark.close();
  }

  @Test
  @Order(1)
  void nothing_to_train_on_is_the_callers_mistake() {
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> run(new TrainJob(), QUICK))
        .withMessageContaining("no processed images");
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> run(new PredictJob(), Map.of()))
        .withMessageContaining("no training run");
  }

  @Test
  @Order(2)
  void images_without_labels_are_the_callers_mistake_with_the_counts() {
    FundusImages.in(lake).merge(Study.rows(spark, Study.images(PATIENTS)));
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> run(new TrainJob(), QUICK))
        .withMessageContaining("train 0 (0), validation 0 (0), test 0 (0)");
  }

  @Test
  @Order(3)
  void training_leaves_a_network_a_report_and_its_rows() throws Exception {
    labels.add(Study.images(PATIENTS));
    JobReport report = run(new TrainJob(), QUICK);
    assertThat(report.rowsIn()).isEqualTo(2 * PATIENTS);
    assertThat(report.rowsOut()).isEqualTo(1);
    assertThat(report.rejected()).isEqualTo(Map.of("unsupported-type", 1L));
    Row row = TrainingRuns.in(lake).rows().collectAsList().get(0);
    UUID run = UUID.fromString(row.getAs("training_run"));
    assertThat(row.<String>getAs("metrics")).contains("\"auc\":").contains("\"sensitivity\":");
    assertThat(row.<String>getAs("artifact_key")).isEqualTo("networks/" + run + "/model.params");
    assertThat(registry.latestTraining().orElseThrow().run()).isEqualTo(run);
    assertThat(json(registry.latestTraining().orElseThrow().metricsJson()))
        .isEqualTo(json(row.getAs("metrics")));
    assertThat(read(ObjectKey.report("train", run, "report.html"))).contains("<svg", "ROC");
    assertThat(read(ObjectKey.report("train", run, "report.json"))).contains("\"history\"");
    double auc = Double.parseDouble(report.notes().get("test AUC"));
    assertThat(auc).isGreaterThan(0.95);
  }

  @Test
  @Order(4)
  void training_again_does_nothing() {
    JobReport report = run(new TrainJob(), QUICK);
    assertThat(report.rowsOut()).isZero();
    assertThat(report.notes()).containsKey("already trained");
    assertThat(TrainingRuns.in(lake).rows().count()).isEqualTo(1);
    assertThat(labels.trainingRuns()).isEqualTo(1);
    assertThat(TrainingMembers.in(lake).rows().count()).isEqualTo(2 * PATIENTS - 1);
    assertThat(registry.trainedModels().newest(9))
        .extracting(TrainedModel::state)
        .containsExactly(ModelState.CANDIDATE);
  }

  @Test
  @Order(5)
  void predicting_scores_every_readable_image_and_names_its_part() {
    FundusImages.in(lake).merge(Study.rows(spark, List.of(Study.ungraded(1))));
    JobReport report = run(new PredictJob(), Map.of());
    assertThat(report.rowsIn()).isEqualTo(2 * PATIENTS + 1);
    assertThat(report.rowsOut()).isEqualTo(2 * PATIENTS);
    assertThat(report.rejected()).isEqualTo(Map.of("unsupported-type", 1L));
    var rows = Predictions.in(lake).rows();
    assertThat(rows.where("split = 'unlabelled' AND label IS NULL").count()).isEqualTo(1);
    assertThat(rows.where("split = 'test' AND label IS NOT NULL").count()).isGreaterThan(4);
    assertThat(rows.where("score < 0 OR score > 1 OR prediction NOT IN (0, 1)").count()).isZero();
    assertThat(rows.where("label = prediction").count()).isGreaterThan((long) (1.8 * PATIENTS));
    assertThat(
            rows.groupBy("patient_id")
                .agg(org.apache.spark.sql.functions.count_distinct(col("split")).as("parts"))
                .where("parts > 1")
                .count())
        .isZero();
  }

  @Test
  @Order(6)
  void predictions_agree_with_the_report_of_the_training() throws Exception {
    var metrics = NetworkFiles.JSON.readTree(registry.latestTraining().orElseThrow().metricsJson());
    long right = Predictions.in(lake).rows().where("split = 'test' AND label = prediction").count();
    assertThat(right)
        .isEqualTo(metrics.get("truePositives").asLong() + metrics.get("trueNegatives").asLong());
  }

  @Test
  @Order(7)
  void predicting_again_adds_nothing_and_new_images_are_added_alone() {
    assertThat(run(new PredictJob(), Map.of()).rowsOut()).isZero();
    FundusImages.in(lake).merge(Study.rows(spark, List.of(Study.ungraded(2))));
    assertThat(run(new PredictJob(), Map.of()).rowsOut()).isEqualTo(1);
    assertThat(Predictions.in(lake).rows().count()).isEqualTo(2 * PATIENTS + 1);
  }

  @Test
  @Order(8)
  void a_lost_row_is_trained_again_to_the_same_run_and_the_same_weights() {
    String first = hash();
    String run = registry.latestTraining().orElseThrow().run().toString();
    lakeWithout(run);
    assertThat(run(new TrainJob(), QUICK).notes()).containsEntry("run", run);
    assertThat(hash()).isEqualTo(first);
  }

  private static void lakeWithout(String run) {
    spark.sql(
        "DELETE FROM delta.`" + lake.root() + "/training_runs` WHERE training_run = '" + run + "'");
  }

  private static String hash() {
    Row row = TrainingRuns.in(lake).rows().collectAsList().get(0);
    return row.getAs("artifact_sha256");
  }

  private static JobReport run(Job job, Map<String, String> flags) {
    return job.run(
        new JobContext(
            UUID.randomUUID(),
            spark,
            lake,
            objects,
            objectSettings,
            registry,
            SettingValues.of(flags),
            Progress.silent()));
  }

  // Postgres keeps JSON in an order of its own.
  private static JsonNode json(String text) throws JsonProcessingException {
    return NetworkFiles.JSON.readTree(text);
  }

  private static String read(ObjectKey key) {
    return new String(objects.read(key, 1 << 20).orElseThrow(), StandardCharsets.UTF_8);
  }
}
