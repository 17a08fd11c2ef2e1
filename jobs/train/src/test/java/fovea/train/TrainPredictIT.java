package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.capture.ObjectKey;
import fovea.contract.consent.ConsentRule;
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
import fovea.train.loop.Discs;
import fovea.train.loop.TrainSettings;
import fovea.train.loop.Trained;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
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
    assertThat(objects.find(NetworkFiles.checkpoint(run))).isEmpty();
    assertThat(read(NetworkFiles.torchScript(run))).startsWith("PK").contains("classifier");
    JsonNode groups = json(row.getAs("metrics")).get("subgroups");
    assertThat(groups.findValuesAsText("group")).contains("female", "unknown");
    assertThat(groups.get(0).get("tooFew").asBoolean()).isTrue();
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

  @Test
  @Order(9)
  void a_task_that_was_killed_goes_on_from_its_last_epoch_wherever_it_starts_again() {
    List<Row> rows =
        spark.createDataFrame(TrainPredictIT.discs(), ShrinkTask.OUTPUT).collectAsList();
    TrainSettings settings = TrainSettings.of(SettingValues.of(QUICK));
    UUID run = UUID.randomUUID();
    TrainTask killed = new TrainTask(settings, objectSettings, run, new KilledAfter(2));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> killed.call(rows.iterator()))
        .withMessage("killed");
    assertThat(objects.find(NetworkFiles.checkpoint(run))).isPresent();
    TrainTask again = new TrainTask(settings, objectSettings, run, new LongAccumulator());
    Trained trained = again.call(rows.iterator()).next().trained();
    assertThat(trained.resumedAfter()).isEqualTo(2);
    assertThat(trained.history()).hasSize(6);
  }

  @Test
  @Order(10)
  void an_image_that_is_no_longer_accepted_has_no_label() {
    var read = Labels.read(spark, registry.settings(), ConsentRule.UNLESS_WITHDRAWN);
    assertThat(read.columns())
        .containsExactly("image_id", "grade", "sex", "age_band", "consent", "left_out");
    assertThat(read.count()).isEqualTo(2 * PATIENTS);
    assertThat(read.where("age_band NOT RLIKE '^[3-7]0-[3-7]9$' AND age_band <> '18-39'").count())
        .isZero();
    labels.quarantine(Study.images(PATIENTS).get(5).id());
    assertThat(Labels.read(spark, registry.settings(), ConsentRule.UNLESS_WITHDRAWN).count())
        .isEqualTo(2 * PATIENTS - 1);
  }

  @Test
  @Order(11)
  void a_network_of_another_format_is_not_guessed_at() {
    UUID run = UUID.randomUUID();
    byte[] old = "{\"format\": \"fovea-weights-1\"}".getBytes(StandardCharsets.UTF_8);
    objects.write(NetworkFiles.header(run), old, "application/json");
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> NetworkFiles.readHeader(objects, run))
        .withMessageContaining("fovea-weights-1");
  }

  @Test
  @Order(12)
  void a_network_asked_for_grades_in_order_predicts_referable_all_the_same() {
    Map<String, String> ordinal = new java.util.HashMap<>(QUICK);
    ordinal.put("objective", "ordinal");
    JobReport report = run(new TrainJob(), ordinal);
    String run = report.notes().get("run");
    JobReport predicted = run(new PredictJob(), Map.of("run", run));
    assertThat(predicted.rowsOut()).isGreaterThan(PATIENTS);
    var rows = Predictions.in(lake).rows().where(col("training_run").equalTo(run));
    assertThat(rows.where("label = prediction").count()).isGreaterThan((long) (1.7 * PATIENTS));
    Row row =
        TrainingRuns.in(lake).rows().where(col("training_run").equalTo(run)).collectAsList().get(0);
    assertThat(row.<String>getAs("metrics")).contains("\"quadraticKappa\":");
  }

  @Test
  @Order(13)
  void who_withdraws_is_in_no_later_training_and_the_lineage_still_names_the_earlier_ones() {
    UUID before = registry.latestTraining().orElseThrow().run();
    Row member =
        TrainingMembers.in(lake)
            .rows()
            .where(col("training_run").equalTo(before.toString()))
            .where("part = 'train'")
            .orderBy("image_id")
            .first();
    UUID image = UUID.fromString(member.getAs("image_id"));
    UUID patient = UUID.fromString(member.getAs("patient_id"));
    labels.withdraw(patient, "training");
    JobReport report = run(new TrainJob(), QUICK);
    UUID after = UUID.fromString(report.notes().get("run"));
    assertThat(after).isNotEqualTo(before);
    assertThat(report.rejected().get("no-consent")).isPositive();
    assertThat(
            TrainingMembers.in(lake)
                .rows()
                .where(col("training_run").equalTo(after.toString()))
                .where(col("patient_id").equalTo(patient.toString()))
                .count())
        .isZero();
    assertThat(TrainingLineage.in(context(Map.of())).ofPatient(patient.toString()))
        .extracting(TrainingLineage.Use::run)
        .contains(before)
        .doesNotContain(after);
    assertThat(read(ObjectKey.report("train", after, "report.html")))
        .contains("1 patient left out: no consent");
    assertThat(registry.latestTraining().orElseThrow().datasetJson())
        .contains("\"patientsWithoutConsent\": 1");
    // Training withdrawn, research not: the network may still be asked.
    JobReport predicted = run(new PredictJob(), Map.of());
    assertThat(predicted.rejected()).doesNotContainKey("no-consent");
    assertThat(scored(after, image)).isEqualTo(1);
  }

  @Test
  @Order(14)
  void who_withdraws_research_is_not_scored_either_nor_is_anybody_without_a_record_where_asked() {
    UUID run = registry.latestTraining().orElseThrow().run();
    lakeWithoutPredictions(run);
    UUID patient = Study.images(PATIENTS).get(0).patient();
    labels.withdraw(patient, "research");
    JobReport report = run(new PredictJob(), Map.of());
    assertThat(report.rejected()).containsEntry("no-consent", 2L);
    assertThat(scored(run, Study.images(PATIENTS).get(0).id())).isZero();
    lakeWithoutPredictions(run);
    Map<String, String> strict = Map.of("unrecorded-consent", "refused");
    assertThat(run(new PredictJob(), strict).rejected().get("no-consent")).isGreaterThan(PATIENTS);
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> run(new TrainJob(), strict))
        .withMessageContaining("every part needs images");
  }

  private static long scored(UUID run, UUID image) {
    return Predictions.in(lake)
        .rows()
        .where(col("training_run").equalTo(run.toString()))
        .where(col("image_id").equalTo(image.toString()))
        .count();
  }

  private static void lakeWithoutPredictions(UUID run) {
    spark.sql(
        "DELETE FROM delta.`" + lake.root() + "/predictions` WHERE training_run = '" + run + "'");
  }

  private static List<Row> discs() {
    return Discs.samples(60, 32, 1).stream()
        .map(
            s ->
                RowFactory.create(
                    s.id(),
                    s.subject().patient(),
                    s.part().word(),
                    s.grade(),
                    "unknown",
                    "unknown",
                    0,
                    s.rgb(),
                    null))
        .toList();
  }

  private static final class KilledAfter extends LongAccumulator {
    private static final long serialVersionUID = 1L;
    private final long most;

    private KilledAfter(long most) {
      this.most = most;
    }

    @Override
    public void add(long epochs) {
      super.add(epochs);
      if (value() == most) {
        throw new IllegalStateException("killed");
      }
    }
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
    return job.run(context(flags));
  }

  private static JobContext context(Map<String, String> flags) {
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

  // Postgres keeps JSON in an order of its own.
  private static JsonNode json(String text) throws JsonProcessingException {
    return NetworkFiles.JSON.readTree(text);
  }

  private static String read(ObjectKey key) {
    return new String(objects.read(key, 1 << 22).orElseThrow(), StandardCharsets.UTF_8);
  }
}
