package fovea.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.contract.capture.ObjectKey;
import fovea.contract.consent.ConsentRule;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.lake.FundusImages;
import fovea.lake.Lake;
import fovea.lake.TrainingRuns;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two trainers over Spark, on one study. */
class TogetherIT {
  private static final int PATIENTS = 45;

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
    FundusImages.in(lake).merge(Study.rows(spark, Study.images(PATIENTS)));
    labels.add(Study.images(PATIENTS));
  }

  @AfterAll
  static void close() throws Exception {
    registry.close();
    objects.close();
    labels.close();
    spark.close();
  }

  @Test
  void two_trainers_learn_and_a_killed_driver_goes_on_to_the_very_same_weights() {
    JobReport whole = train(flags("7"), Progress.silent());
    assertThat(whole.rejected()).isEqualTo(Map.of("unsupported-type", 1L));
    assertThat(Double.parseDouble(whole.notes().get("test AUC"))).isGreaterThan(0.9);
    assertThat(Long.parseLong(whole.notes().get("bytes exchanged a round"))).isPositive();
    UUID run = UUID.fromString(whole.notes().get("run"));
    assertThat(members(run).lines().count()).isEqualTo(2 * PATIENTS); // a head, one unreadable
    assertThat(read(ObjectKey.report("train", run, "report.html"))).contains("averaged every 2");
    String weights = hash(run);
    String members = members(run);
    forget(run);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> train(flags("7"), new KilledAfter(2)))
        .withMessage("killed");
    assertThat(objects.find(NetworkFiles.checkpoint(run))).isPresent();
    JobReport resumed = train(flags("7"), Progress.silent());
    assertThat(resumed.notes()).containsEntry("resumed after epoch", "2");
    assertThat(hash(run)).isEqualTo(weights);
    assertThat(members(run)).isEqualTo(members);
    assertThat(objects.find(NetworkFiles.checkpoint(run))).isEmpty();
  }

  @Test
  void the_images_are_dealt_evenly_and_what_is_held_out_lies_apart() {
    var split =
        TrainingSet.split(
            TrainingSet.labelled(
                    FundusImages.in(lake).rows(),
                    Labels.read(spark, registry.settings(), ConsentRule.UNLESS_WITHDRAWN))
                .where("patient_id IS NOT NULL"),
            0.15,
            1);
    var dealt = Hands.sharded(split, 3).where("part = 'train'").groupBy("shard").count();
    List<Long> sizes = dealt.collectAsList().stream().map(row -> row.getLong(1)).sorted().toList();
    assertThat(sizes).hasSize(3);
    assertThat(sizes.get(2) - sizes.get(0)).isLessThanOrEqualTo(1);
  }

  @Test
  void more_trainers_than_images_are_the_callers_mistake() {
    Map<String, String> many = flags("1");
    many.put("trainers", "100");
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> train(many, Progress.silent()))
        .withMessageContaining("100 trainers");
  }

  @Test
  void configurations_are_tried_on_folds_of_patients_and_nothing_is_registered() throws Exception {
    Map<String, String> flags = flags("3");
    flags.put("grid", "learning-rate=1e-6,3e-3;image-size=32,40");
    flags.put("folds", "2");
    long runs = TrainingRuns.in(lake).rows().count();
    JobReport report = run(new TuneJob(), flags, Progress.silent());
    assertThat(report.rowsOut()).isEqualTo(8);
    assertThat(report.notes().get("best")).contains("--learning-rate 3e-3");
    JsonNode trials =
        NetworkFiles.JSON
            .readTree(read(new ObjectKey(report.notes().get("report").replace("html", "json"))))
            .get("trials");
    assertThat(trials).hasSize(8);
    assertThat(trials.get(7).get("auc").asDouble()).isGreaterThan(0.8);
    assertThat(trials.get(7).get("lower").asDouble())
        .isLessThan(trials.get(7).get("upper").asDouble() + 1e-9);
    assertThat(TrainingRuns.in(lake).rows().count()).isEqualTo(runs);
  }

  private static Map<String, String> flags(String seed) {
    return new HashMap<>(
        Map.of(
            "seed",
            seed,
            "image-size",
            "32",
            "epochs",
            "4",
            "batch",
            "4",
            "threads",
            "1",
            "trainers",
            "2",
            "local-steps",
            "2"));
  }

  private static JobReport train(Map<String, String> flags, Progress progress) {
    return run(new TrainJob(), flags, progress);
  }

  private static JobReport run(Job job, Map<String, String> flags, Progress progress) {
    return job.run(
        new JobContext(
            UUID.randomUUID(),
            spark,
            lake,
            objects,
            objectSettings,
            registry,
            SettingValues.of(flags),
            progress));
  }

  private static void forget(UUID run) {
    spark.sql(
        "DELETE FROM delta.`" + lake.root() + "/training_runs` WHERE training_run = '" + run + "'");
  }

  private static String hash(UUID run) {
    Row row =
        TrainingRuns.in(lake).rows().where("training_run = '" + run + "'").collectAsList().get(0);
    return row.getAs("artifact_sha256");
  }

  private static String members(UUID run) {
    return read(NetworkFiles.members(run));
  }

  private static String read(ObjectKey key) {
    return new String(objects.read(key, 1 << 20).orElseThrow(), StandardCharsets.UTF_8);
  }

  /** A driver that dies once so many epochs are done. */
  private record KilledAfter(long epochs) implements Progress {
    @Override
    public void report(String step, long done, long total) {
      if (step.equals("training epochs") && done == epochs) {
        throw new IllegalStateException("killed");
      }
    }
  }
}
