package fovea.train;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.lake.FundusImages;
import fovea.lake.Predictions;
import fovea.lake.TrainingRuns;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.train.network.NetworkHeader;
import fovea.train.network.Networks;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Scores every processed image that a training run's network has not scored yet.
 *
 * <p>Input: {@code fundus_images} of the parameters' version the network was trained on, whatever
 * their quality, and the network's files. Output: {@code predictions}; images the run learnt from
 * or was judged by keep their part and label, all others are {@code unlabelled}. Images that cannot
 * be read, and those of patients without consent to research, are counted with their reason and get
 * no row.
 */
public final class PredictJob implements Job {
  private static final String[] USING_ID = {"image_id"};
  private static final String READABLE = "readable";

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public String help() {
    return "Score processed images with a trained network";
  }

  @Override
  public List<Setting<?>> settings() {
    return PredictSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    Instant begun = Instant.now();
    PredictSettings settings = PredictSettings.of(context.values());
    UUID run = chosen(TrainingRuns.in(context.lake()).rows(), settings);
    NetworkHeader header =
        NetworkFiles.readHeader(context.objects(), run)
            .orElseThrow(() -> new IllegalStateException("missing: " + NetworkFiles.header(run)));
    context.progress().report("predicting", 0, 0);
    Dataset<Row> pending = pending(context, run, header);
    Dataset<Row> whose = pending.select("image_id", "patient_id");
    long refused = Consent.refusedResearch(context, whose).count();
    // Ids alone are compared with consents: pixels stay where they are.
    Dataset<Row> allowed = Consent.forResearch(context, whose).select("image_id");
    Dataset<Row> scored =
        pending
            .join(parts(context, run), USING_ID, "left")
            .withColumn("split", coalesce(col("split"), lit("unlabelled")))
            .join(allowed, USING_ID)
            .mapPartitions(
                new PredictTask(run, header, context.objectSettings(), settings.batch()),
                Encoders.row(PredictTask.OUTPUT))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      // Counted first: writing to the table that the plan reads throws the cached rows away.
      Map<String, Long> outcomes = outcomes(scored);
      long seen = outcomes.values().stream().mapToLong(Long::longValue).sum();
      long readable = Objects.requireNonNullElse(outcomes.remove(READABLE), 0L);
      long added = readable == 0 ? 0 : add(context, run, scored, begun);
      if (refused > 0) {
        outcomes.put("no-consent", refused);
      }
      double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
      return new JobReport(
          name(), seen + refused, added, outcomes, seconds, Map.of("run", run.toString()));
    } finally {
      scored.unpersist();
    }
  }

  private static UUID chosen(Dataset<Row> runs, PredictSettings settings) {
    Dataset<Row> candidates =
        settings
            .run()
            .map(run -> runs.where(col("training_run").equalTo(run)))
            .orElse(runs.where(col("architecture").isin(Networks.names().toArray())));
    return candidates
        .orderBy(col("finished_at").desc(), col("training_run"))
        .select("training_run")
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> UUID.fromString(row.getString(0)))
        .findFirst()
        .orElseThrow(
            () ->
                new CallerMistake(
                    "no-training-run",
                    settings
                        .run()
                        .map(run -> "there is no training run " + run)
                        .orElse("there is no training run yet"),
                    "Run train, or choose from SELECT training_run FROM training_runs"));
  }

  private static Dataset<Row> pending(JobContext context, UUID run, NetworkHeader header) {
    Dataset<Row> done =
        Predictions.in(context.lake())
            .rows()
            .where(col("training_run").equalTo(run.toString()))
            .select("image_id");
    return FundusImages.in(context.lake())
        .rows()
        .where(col("status").equalTo("processed"))
        .where(col("parameters_version").equalTo(header.parametersVersion()))
        .select("image_id", "organization_id", "patient_id", "pixels")
        .join(done, USING_ID, "left_anti");
  }

  private static Dataset<Row> parts(JobContext context, UUID run) {
    return MembersFile.read(context.spark(), context.objectSettings(), NetworkFiles.members(run));
  }

  private static long add(JobContext context, UUID run, Dataset<Row> scored, Instant begun) {
    return Predictions.in(context.lake())
        .merge(
            scored
                .where(col("score").isNotNull())
                .withColumn("training_run", lit(run.toString()))
                .withColumn("predicted_at", lit(Timestamp.from(begun)))
                .withColumn("run", lit(context.run().toString())));
  }

  private static Map<String, Long> outcomes(Dataset<Row> scored) {
    Map<String, Long> outcomes = new TreeMap<>();
    scored
        .groupBy(coalesce(col("reason"), lit(READABLE)))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> outcomes.put(row.getString(0), row.getLong(1)));
    return outcomes;
  }
}
