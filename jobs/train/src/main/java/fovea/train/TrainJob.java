package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import fovea.contract.consent.ConsentRule;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.lake.FundusImages;
import fovea.lake.TrainingRuns;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.train.data.Part;
import fovea.train.loop.TrainSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network to tell referable diabetic retinopathy (grade 2 or more), or all grades.
 *
 * <p>Input: {@code fundus_images} of one parameters' version (processed, quality not reject) and
 * the registry's grades. Output: the network ({@code model.params}, {@code model.json}, {@code
 * split.csv}) and its report in the object store, one row in {@code training_runs} and in the
 * registry. The run's id follows from the data, the settings and the seed: the same again does
 * nothing, and a run that was killed goes on from its last whole epoch.
 */
public final class TrainJob implements Job {

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String help() {
    return "Train a network on processed images and their grades";
  }

  @Override
  public List<Setting<?>> settings() {
    return TrainSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    Instant begun = Instant.now();
    TrainSettings settings = TrainSettings.of(context.values());
    long version = FundusImages.in(context.lake()).version();
    Dataset<Row> images = FundusImages.in(context.lake()).rows();
    String parameters = parameters(settings, images);
    Optional<Start> start = Start.of(context, settings);
    context.progress().report("reading labels", 0, 0);
    Dataset<Row> labelled =
        TrainingSet.labelled(
                TrainingSet.usable(images, parameters),
                Labels.read(
                    context.spark(),
                    context.registry().settings(),
                    ConsentRule.of(context.values())))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> grouped = Consent.allowed(labelled);
      Consent consent = Consent.of(labelled);
      long orphans = labelled.where("patient_id IS NULL AND NOT left_out").count();
      String fingerprint = TrainingSet.fingerprint(grouped);
      Plan plan =
          Plan.of(settings, parameters, start, version, fingerprint, begun, orphans, consent);
      return run(context, plan, images, grouped);
    } finally {
      labelled.unpersist();
    }
  }

  private JobReport run(JobContext context, Plan plan, Dataset<Row> images, Dataset<Row> grouped) {
    UUID run = plan.run();
    TrainingRuns runs = TrainingRuns.in(context.lake());
    if (!runs.rows().where(col("training_run").equalTo(run.toString())).isEmpty()) {
      return plan.report(grouped.count(), 0, Map.of(), Map.of("already trained", run.toString()));
    }
    TrainSettings settings = plan.settings();
    Dataset<Row> split = TrainingSet.split(grouped, settings.heldOut(), settings.seed());
    Map<String, Outcome.Counts> parts = counts(split);
    requireEnough(parts, plan.consent());
    requireNoLeak(split);
    Outcome outcome = train(context, plan, images, split);
    requireEnough(outcome.parts(), plan.consent());
    Publication.of(context, plan, outcome).publish();
    long seen = parts.values().stream().mapToLong(Outcome.Counts::images).sum();
    return plan.report(seen, 1, outcome.rejected(), notes(run, outcome, plan.start()));
  }

  /** Shrinks in many tasks, trains in one or in many. */
  private static Outcome train(
      JobContext context, Plan plan, Dataset<Row> images, Dataset<Row> split) {
    TrainSettings settings = plan.settings();
    context.progress().report("dealing images", 0, 0);
    int trainers = settings.scale().trainers();
    Dataset<Row> small = small(images, Hands.sharded(split, trainers), plan);
    return trainers == 1 ? alone(context, plan, small) : together(context, plan, small);
  }

  private static Outcome alone(JobContext context, Plan plan, Dataset<Row> small) {
    SparkSession spark = context.spark();
    TrainSettings settings = plan.settings();
    EpochProgress progress = new EpochProgress(context.progress(), settings.epochs());
    LongAccumulator epochs = spark.sparkContext().longAccumulator(EpochProgress.ACCUMULATOR);
    spark.sparkContext().addSparkListener(progress);
    Broadcast<float[]> start = start(spark, plan);
    TrainTask task = new TrainTask(settings, context.objectSettings(), plan.run(), epochs, start);
    try {
      return small.repartition(1).toJavaRDD().mapPartitions(task).first();
    } finally {
      spark.sparkContext().removeSparkListener(progress);
    }
  }

  private static @Nullable Broadcast<float[]> start(SparkSession spark, Plan plan) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return plan.start().map(s -> context.broadcast(s.weights().values())).orElse(null);
  }

  private static Outcome together(JobContext context, Plan plan, Dataset<Row> small) {
    TrainSettings settings = plan.settings();
    JavaRDD<Hand> hands = Hands.deal(small, settings.scale().trainers());
    try {
      return new TogetherTraining(context, settings, plan.run(), plan.start(), hands).outcome();
    } finally {
      hands.unpersist();
    }
  }

  private static Dataset<Row> small(Dataset<Row> images, Dataset<Row> split, Plan plan) {
    TrainSettings settings = plan.settings();
    return small(
        TrainingSet.usable(images, settings.parametersVersion()), split, settings.imageSize());
  }

  /**
   * Every image at the network's size.
   *
   * @param split with {@code shard}
   */
  static Dataset<Row> small(Dataset<Row> usable, Dataset<Row> split, int edge) {
    return usable
        .select("image_id", "pixels")
        .join(
            split.select("image_id", "patient_id", "part", "grade", "sex", "age_band", "shard"),
            "image_id")
        .select(Stream.of(ShrinkTask.INPUT).map(Column::new).toArray(Column[]::new))
        .map(new ShrinkTask(edge), Encoders.row(ShrinkTask.OUTPUT));
  }

  static String parameters(TrainSettings settings, Dataset<Row> images) {
    if (!settings.parametersVersion().isEmpty()) {
      return settings.parametersVersion();
    }
    return TrainingSet.newestParameters(images)
        .orElseThrow(
            () ->
                new CallerMistake(
                    "no-images", "there are no processed images to train on", "Run preprocess"));
  }

  private static Map<String, Outcome.Counts> counts(Dataset<Row> split) {
    Map<String, Outcome.Counts> counts = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      counts.put(part.word(), new Outcome.Counts(0, 0));
    }
    split
        .groupBy("part")
        .agg(count(lit(1)), sum("label"))
        .collectAsList()
        .forEach(
            row ->
                counts.put(row.getString(0), new Outcome.Counts(row.getLong(1), row.getLong(2))));
    return counts;
  }

  private static void requireEnough(Map<String, Outcome.Counts> parts, Consent consent) {
    if (!Outcome.enough(parts)) {
      throw new CallerMistake(
          "too-few-images",
          "every part needs images of both classes, but there are (referable in brackets): "
              + Outcome.inWords(parts)
              + (consent.patients() == 0 ? "" : ", " + consent.inWords()),
          "Load graded images of at least three patients with and three without referable"
              + " retinopathy");
    }
  }

  private static void requireNoLeak(Dataset<Row> split) {
    long leaks = TrainingSet.leaks(split);
    if (leaks > 0) {
      throw new IllegalStateException(leaks + " patients lie in more than one part");
    }
  }

  private static Map<String, String> notes(UUID run, Outcome outcome, Optional<Start> start) {
    var trained = Objects.requireNonNull(outcome.trained());
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("run", run.toString());
    notes.put("test AUC", String.format(java.util.Locale.ROOT, "%.3f", trained.test().auc()));
    start.ifPresent(s -> notes.put("begun with", s.words()));
    if (trained.resumedAfter() > 0) {
      notes.put("resumed after epoch", Integer.toString(trained.resumedAfter()));
    }
    if (trained.exchanged() > 0) {
      notes.put("bytes exchanged a round", Long.toString(trained.exchanged()));
    }
    notes.put("images/s", Long.toString(Math.round(trained.imagesPerSecond())));
    return notes;
  }

  /**
   * What will be done.
   *
   * @param settings with the version of the images and the hash of its first weights filled in
   * @param start what it begins with; empty: random weights
   * @param lakeVersion Delta version of {@code fundus_images}
   * @param fingerprint of the labelled images
   * @param orphans images without a patient, which no part can take
   * @param consent who is left out, and of whom nothing is recorded
   */
  record Plan(
      TrainSettings settings,
      Optional<Start> start,
      long lakeVersion,
      String fingerprint,
      Instant begun,
      long orphans,
      Consent consent) {

    static Plan of(
        TrainSettings settings,
        String parameters,
        Optional<Start> start,
        long lakeVersion,
        String fingerprint,
        Instant begun,
        long orphans,
        Consent consent) {
      String hash = start.map(Start::sha256).orElse("");
      TrainSettings resolved = settings.resolved(hash, parameters);
      return new Plan(resolved, start, lakeVersion, fingerprint, begun, orphans, consent);
    }

    /** The run's id: the same data, settings and seed give the same. */
    UUID run() {
      return UUID.nameUUIDFromBytes(
          (settings + "|" + fingerprint).getBytes(StandardCharsets.UTF_8));
    }

    JobReport report(
        long seen, long added, Map<String, Long> unreadable, Map<String, String> notes) {
      Map<String, Long> rejected = new LinkedHashMap<>(unreadable);
      if (orphans > 0) {
        rejected.put("no-patient", orphans);
      }
      if (consent.images() > 0) {
        rejected.put("no-consent", consent.images());
      }
      double seconds = java.time.Duration.between(begun, Instant.now()).toMillis() / 1000.0;
      return new JobReport(
          "train", seen + orphans + consent.images(), added, rejected, seconds, notes);
    }
  }
}
