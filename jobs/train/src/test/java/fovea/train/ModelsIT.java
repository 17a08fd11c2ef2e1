package fovea.train;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.contract.model.ModelState;
import fovea.contract.settings.SettingValues;
import fovea.contract.statistics.Interval;
import fovea.lake.BiasFindings;
import fovea.lake.Evaluations;
import fovea.lake.FundusImages;
import fovea.lake.Lake;
import fovea.lake.Predictions;
import fovea.lake.TrainingMembers;
import fovea.lake.TrainingRuns;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.registry.JobRegistry.TrainingLog;
import fovea.registry.ModelGate;
import fovea.registry.ModelStep;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import fovea.train.data.Objective;
import fovea.train.data.Subject;
import fovea.train.metrics.Evaluation;
import fovea.train.metrics.Figures;
import fovea.train.metrics.Scored;
import fovea.train.models.PartCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a network that training might have left: its files, its rows, its split. Each test
 * goes on where the one before ended.
 */
@TestMethodOrder(OrderAnnotation.class)
class ModelsIT {
  private static final UUID RUN = UUID.nameUUIDFromBytes(new byte[] {7});
  private static final UUID OTHER = UUID.nameUUIDFromBytes(new byte[] {8});
  private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);
  private static final List<Study.Image> IMAGES = Study.images(8);
  private static final String METRICS =
      "{\"auc\": 0.95, \"sensitivity\": 0.9, \"specificity\": 0.9}";
  private static final String DATASET = "{\"parts\": {\"test\": {\"images\": 4}}}";

  private static final String[] PREDICTION = {
    "training_run",
    "image_id",
    "organization_id",
    "patient_id",
    "prediction",
    "score",
    "predicted_at",
    "run"
  };

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
    FundusImages.in(lake).merge(Study.rows(spark, IMAGES));
    trained(RUN, 7);
    trained(OTHER, 2);
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
  void a_candidate_is_not_published() {
    assertThat(state()).isEqualTo(ModelState.CANDIDATE);
    assertMistake("no-passing-gate", () -> models(Map.of()).publish(RUN));
    assertMistake("no-such-model", () -> models(Map.of()).publish(UUID.randomUUID()));
    assertThat(objects.find(ModelRegistry.card(RUN))).isEmpty();
  }

  @Test
  @Order(2)
  void without_an_audit_and_with_few_images_the_gate_fails_and_is_kept() throws Exception {
    ModelGate gate = models(Map.of()).gate(RUN);
    assertThat(gate.passed()).isFalse();
    assertThat(gate.failures()).isEqualTo(7);
    assertThat(registry.trainedModels().newestGate(RUN)).contains(gate);
    assertThat(state()).isEqualTo(ModelState.CANDIDATE);
    assertMistake("no-passing-gate", () -> models(Map.of()).publish(RUN));
    assertThat(card().at("/gate/passed").asBoolean()).isFalse();
    assertThat(read(ModelRegistry.card(RUN))).contains("no bias audit of this run");
  }

  @Test
  @Order(3)
  void an_audit_with_small_gaps_lets_it_pass() throws Exception {
    audit(UUID.randomUUID(), 0.04, "2026-01-01 00:00:00");
    ModelGate gate = models(Map.of("min-test-images", "4", "by", "eve")).gate(RUN);
    assertThat(gate.checks()).allMatch(c -> c.passed());
    assertThat(state()).isEqualTo(ModelState.GATED);
    assertThat(card().path("state").asText()).isEqualTo("gated");
    assertThat(card().path("sha256").asText()).isEqualTo(Sha256.of(WEIGHTS));
    assertThat(card().path("findings").toString()).contains("a gap of 4.0 points");
  }

  @Test
  @Order(4)
  void a_newer_audit_makes_the_gate_outdated() {
    audit(UUID.randomUUID(), 0.3, "2026-01-02 00:00:00");
    assertMistake("gate-outdated", () -> models(Map.of()).publish(RUN));
    assertThat(state()).isEqualTo(ModelState.GATED);
  }

  @Test
  @Order(5)
  void a_network_is_judged_on_what_had_no_part_in_its_training_and_the_rest_is_refused()
      throws Exception {
    Map<String, String> flags = Map.of("run", RUN.toString(), "organisation", "clinic");
    assertMistake("bad-run", () -> new EvaluateJob().run(context(Map.of("run", "newest"))));
    Study.Image copy = Study.ungraded(3);
    labels.add(IMAGES);
    labels.add(List.of(new Study.Image(copy.id(), copy.patient(), 3, copy.pixels())));
    FundusImages.in(lake)
        .merge(
            Study.rows(spark, List.of(copy))
                .withColumn("capture_sha256", lit("hash-" + IMAGES.get(2).id())));
    List<String> predicted = new ArrayList<>();
    // Of those without a part in it 12 and 13 are referable.
    double[] scores = {.9, .9, .9, .9, .9, .9, .9, .9, .1, .2, .3, .6, .9, .25, .1, .4};
    for (int i = 0; i < scores.length; i++) {
      predicted.add(prediction(IMAGES.get(i), scores[i]));
    }
    predicted.add(prediction(copy, .9));
    Predictions.in(lake)
        .merge(spark.sql("VALUES " + String.join(", ", predicted)).toDF(PREDICTION));

    JobReport report = new EvaluateJob().run(context(flags));
    assertThat(report.rejected())
        .isEqualTo(
            Map.of("used-by-the-run", 7L, "patient-of-the-run", 1L, "content-of-the-run", 1L));
    assertThat(report.rowsOut()).isEqualTo(1);
    Row row = Evaluations.in(lake).rows().head();
    assertThat(row.<Long>getAs("images")).isEqualTo(8);
    assertThat(row.<Long>getAs("patients")).isEqualTo(4);
    JsonNode metrics = NetworkFiles.JSON.readTree(row.<String>getAs("metrics"));
    assertThat(metrics.path("auc").doubleValue()).isEqualTo(9 / 12.0);
    assertThat(metrics.path("sensitivity").doubleValue()).isEqualTo(1 / 2.0);
    assertThat(metrics.path("specificity").doubleValue()).isEqualTo(5 / 6.0);
    Interval area = expectedFigures(scores).aucInterval();
    assertThat(metrics.path("aucInterval").get(0).doubleValue())
        .isCloseTo(area.lower(), within(1e-9));
    assertThat(metrics.path("aucInterval").get(1).doubleValue())
        .isCloseTo(area.upper(), within(1e-9));
    assertThat(metrics.path("sensitivityInterval").get(0).doubleValue()).isBetween(0.01, 0.49);
    assertThat(metrics.path("specificityInterval").get(1).doubleValue()).isBetween(0.84, 1.0);
    assertThat(new EvaluateJob().run(context(flags)).rowsOut()).as("again").isZero();
  }

  // The same images, one by one: those from 8 on had no part in the training.
  private static Figures expectedFigures(double[] scores) {
    List<Scored> answers = new ArrayList<>();
    for (int i = 8; i < scores.length; i++) {
      Subject subject = Subject.of(IMAGES.get(i).patient().toString());
      answers.add(new Scored(scores[i], IMAGES.get(i).grade(), Objective.NO_GRADE, subject));
    }
    return Evaluation.of(answers, 0.5).figures();
  }

  @Test
  @Order(6)
  void published_once_and_retired_with_a_reason() throws Exception {
    models(
            Map.of(
                "min-test-images",
                "4",
                "max-tpr-gap",
                "0.3",
                "max-fpr-gap",
                "0.3",
                "max-auc-gap",
                "0.3"))
        .gate(RUN);
    models(Map.of("by", "ada", "reason", "for the study")).publish(RUN);
    assertThat(state()).isEqualTo(ModelState.PUBLISHED);
    assertMistake("illegal-step", () -> models(Map.of()).publish(RUN));
    assertMistake("missing-setting", () -> models(Map.of()).retire(RUN));
    models(Map.of("by", "bob", "reason", "superseded")).retire(RUN);
    assertMistake("illegal-step", () -> models(Map.of()).publish(RUN));
    assertMistake("illegal-step", () -> models(Map.of("min-test-images", "4")).gate(RUN));
    assertThat(registry.trainedModels().steps(RUN))
        .extracting(ModelStep::to)
        .containsExactly(
            ModelState.CANDIDATE, ModelState.GATED, ModelState.PUBLISHED, ModelState.RETIRED);
    assertThat(card().path("state").asText()).isEqualTo("retired");
    assertThat(card().at("/others/0/source").asText()).isEqualTo("clinic");
    assertThat(card().at("/steps/3/reason").asText()).isEqualTo("superseded");
  }

  @Test
  @Order(7)
  void from_a_run_to_its_images() {
    TrainingLineage lineage = TrainingLineage.in(context(Map.of()));
    assertThat(TrainingMembers.in(lake).rows().count()).as("entered by the gate").isEqualTo(7);
    assertThat(lineage.counts(RUN))
        .containsExactly(
            new PartCount("train", 4, 2),
            new PartCount("validation", 2, 1),
            new PartCount("test", 1, 1));
    List<TrainingLineage.Member> members = new ArrayList<>();
    lineage.members(RUN, 7).forEachRemaining(members::add);
    assertThat(members).extracting(m -> m.image()).doesNotHaveDuplicates().hasSize(7);
    assertThat(members.get(0).part()).isEqualTo("test");
    assertThat(members).allMatch(m -> m.organization().orElse("").equals("clinic"));
    assertThat(members)
        .filteredOn(m -> m.image().equals(IMAGES.get(0).id().toString()))
        .singleElement()
        .satisfies(m -> assertThat(m.patient()).contains(IMAGES.get(0).patient().toString()));
  }

  @Test
  @Order(8)
  void from_an_image_or_a_patient_to_the_runs() {
    TrainingLineage lineage = TrainingLineage.in(context(Map.of()));
    assertThat(lineage.ofImage(IMAGES.get(0).id().toString()))
        .containsExactlyInAnyOrder(
            new TrainingLineage.Use(RUN, "train", 1), new TrainingLineage.Use(OTHER, "train", 1));
    assertThat(TrainingMembers.in(lake).rows().count()).as("each run once").isEqualTo(9);
    assertThat(lineage.ofImage(IMAGES.get(6).id().toString()))
        .containsExactly(new TrainingLineage.Use(RUN, "test", 1));
    assertThat(lineage.ofPatient(IMAGES.get(7).patient().toString()))
        .containsExactly(new TrainingLineage.Use(RUN, "test", 1));
  }

  @Test
  @Order(9)
  void weights_that_were_changed_are_not_judged() {
    objects.write(NetworkFiles.weights(OTHER), new byte[] {1}, "application/octet-stream");
    assertThatIllegalStateException()
        .isThrownBy(() -> models(Map.of()).gate(OTHER))
        .withMessageContaining("does not have the hash its header names");
    assertThat(registry.trainedModels().newestGate(OTHER)).isEmpty();
  }

  private static String prediction(Study.Image image, double score) {
    return "('%s', '%s', 'clinic', '%s', %d, CAST(%s AS DOUBLE), now(), 'run')"
        .formatted(RUN, image.id(), image.patient(), score >= 0.5 ? 1 : 0, score);
  }

  /** Two patients train, one validates, one tests; as training leaves them. */
  private static void trained(UUID run, int images) {
    StringBuilder split = new StringBuilder("image_id,split,label\n");
    for (int i = 0; i < images; i++) {
      String part = i < 4 ? "train" : i < 6 ? "validation" : "test";
      split.append(IMAGES.get(i).id()).append(',').append(part).append(",0\n");
    }
    write(NetworkFiles.members(run), split.toString());
    objects.write(NetworkFiles.weights(run), WEIGHTS, "application/octet-stream");
    write(
        NetworkFiles.header(run),
        "{\"meaning\": \"m\", \"sha256\": \"%s\"}".formatted(Sha256.of(WEIGHTS)));
    registry.recordTraining(
        new TrainingLog(run, "cnn", METRICS, DATASET, NetworkFiles.weights(run).path()));
    TrainingRuns.in(lake)
        .merge(
            spark.sql(
                "SELECT '%s' AS training_run, 'cnn' AS architecture, '%s' AS parameters_version"
                    .formatted(run, Study.VERSION)));
  }

  private static void audit(UUID audit, double gap, String at) {
    BiasFindings.in(lake)
        .merge(
            spark.sql(
                """
                SELECT '%s' AS run, '%s' AS training_run, 'model' AS subject, attribute, group_name,
                  metric, IF(group_name = 'young', 0.9, IF(group_name = 'old', 0.9 - %s, %s)) AS value,
                  TIMESTAMP '%s' AS found_at
                FROM VALUES ('sex'), ('age_band') AS a(attribute),
                  VALUES ('young'), ('old'), ('difference') AS g(group_name),
                  VALUES ('true_positive_rate'), ('false_positive_rate'), ('auc') AS m(metric)
                """
                    .formatted(audit, RUN, gap, gap, at)));
  }

  private static ModelRegistry models(Map<String, String> flags) {
    return ModelRegistry.in(context(flags));
  }

  private static JobContext context(Map<String, String> flags) {
    return new JobContext(
        UUID.randomUUID(),
        spark,
        lake,
        objects,
        objectSettings,
        registry,
        SettingValues.of(new HashMap<>(flags)),
        Progress.silent());
  }

  private static ModelState state() {
    return registry.trainedModels().find(RUN).orElseThrow().state();
  }

  private static JsonNode card() throws Exception {
    return NetworkFiles.JSON.readTree(read(ObjectKey.network(RUN, "card.json")));
  }

  private static void write(ObjectKey key, String text) {
    objects.write(key, text.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  private static String read(ObjectKey key) {
    return new String(objects.read(key, 1 << 20).orElseThrow(), StandardCharsets.UTF_8);
  }

  private static void assertMistake(String code, ThrowingCallable call) {
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(call)
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(code));
  }
}
