package fovea.train;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;

import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.lake.Predictions;
import fovea.lake.RefractionPredictions;
import fovea.lake.TrainingMembers;
import fovea.lake.TrainingRuns;
import fovea.registry.JobRegistry.TrainingLog;
import fovea.runtime.JobContext;
import fovea.train.data.Part;
import fovea.train.linear.LinearModel;
import fovea.train.linear.Question;
import fovea.train.linear.RegressSettings;
import fovea.train.metrics.ByPatients;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A fitted linear model, judged on the test part and put where others find it: answers and files
 * first, then the registry, last the row in {@code training_runs}.
 *
 * @param threshold of a yes-or-no question
 * @param answers {@code id, organization_id, patient_id, part, truth, label, predicted} and of a
 *     yes-or-no question {@code prediction}
 */
record LinearRun(
    JobContext context,
    RegressSettings settings,
    UUID run,
    Timestamp begun,
    LinearModel model,
    OptionalDouble threshold,
    Dataset<Row> answers) {
  private static final String FORMAT = "fovea-linear-1";

  /** Publishes, and says what a person wants to know first. */
  Map<String, String> publish() {
    Dataset<Row> test = answers.where(col("part").equalTo(Part.TEST.word()));
    Map<String, Object> figures = threshold.isPresent() ? shares(test) : errors(test);
    byte[] artefact = NetworkFiles.json(model);
    String metrics = NetworkFiles.line(figures);
    String dataset = NetworkFiles.line(dataset());
    writeAnswers();
    writeMembers();
    context.objects().write(NetworkFiles.weights(run), artefact, "application/json");
    write(NetworkFiles.header(run), header(artefact));
    Map<String, Object> report = header(artefact);
    report.put("metrics", figures);
    report.put("model", model);
    write(ObjectKey.report("regress", run, "report.json"), report);
    String key = NetworkFiles.weights(run).path();
    String architecture = settings.question().architecture();
    context.registry().recordTraining(new TrainingLog(run, architecture, metrics, dataset, key));
    TrainingRuns runs = TrainingRuns.in(context.lake());
    Row row = row(metrics, dataset, Sha256.of(artefact));
    runs.merge(context.spark().createDataFrame(List.of(row), runs.schema()));
    return notes(figures);
  }

  private Map<String, Object> shares(Dataset<Row> test) {
    Dataset<Row> judged =
        test.select(
            col("id").as("image_id"),
            col("patient_id"),
            col("label"),
            col("prediction"),
            col("predicted").as("score"));
    Row counts = OtherImages.counts(judged);
    double area = OtherImages.area(judged);
    Map<String, Object> figures =
        OtherImages.metrics(counts, area, OtherImages.byPatients(judged, counts, area));
    figures.put("images", counts.getLong(0));
    figures.put("patients", counts.getLong(1));
    figures.put("threshold", threshold.getAsDouble());
    return figures;
  }

  // Of a quantity; beside it what one would err who always said the mean.
  private Map<String, Object> errors(Dataset<Row> test) {
    double mean =
        answers
            .where(col("part").equalTo(Part.TRAIN.word()))
            .agg(org.apache.spark.sql.functions.avg("truth"))
            .head()
            .getDouble(0);
    Row sums =
        test.withColumn("error", col("predicted").minus(col("truth")))
            .agg(
                count(lit(1)),
                sum(abs(col("error"))),
                sum(pow(col("error"), 2)),
                sum(col("error")),
                sum(pow(col("truth").minus(mean), 2)),
                sum(abs(col("truth").minus(mean))))
            .head();
    double n = sums.getLong(0);
    double absolute = sums.getDouble(1) / n;
    Row spread =
        test.withColumn("more", abs(col("predicted").minus(col("truth"))).minus(absolute))
            .groupBy("patient_id")
            .agg(sum("more").as("more"))
            .agg(count(lit(1)), sum(pow(col("more"), 2)))
            .head();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("images", sums.getLong(0));
    figures.put("patients", spread.getLong(0));
    figures.put("meanAbsoluteError", absolute);
    figures.put(
        "meanAbsoluteErrorInterval",
        RunMetrics.pair(
            ByPatients.ofMean(absolute, sums.getLong(0), spread.getLong(0), spread.getDouble(1))));
    figures.put("rootMeanSquareError", Math.sqrt(sums.getDouble(2) / n));
    figures.put("meanError", sums.getDouble(3) / n);
    figures.put("determination", 1 - sums.getDouble(2) / sums.getDouble(4));
    figures.put("meanAbsoluteErrorOfTheMean", sums.getDouble(5) / n);
    return figures;
  }

  private Map<String, Object> dataset() {
    boolean images = settings.question() == Question.REFERABLE;
    Map<String, Map<String, Long>> parts = new TreeMap<>();
    answers
        .groupBy("part")
        .count()
        .collectAsList()
        .forEach(row -> parts.put(row.getString(0), Map.of("images", row.getLong(1))));
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("table", images ? "fundus_images" : "refractions");
    dataset.put("asked", settings.question().word());
    if (images) {
      dataset.put("embeddingsOf", settings.network());
    } else {
      dataset.put("positive", settings.positive());
      dataset.put("negative", settings.negative());
    }
    dataset.put("seed", settings.seed());
    dataset.put("heldOut", settings.heldOut());
    dataset.put("parts", parts);
    return dataset;
  }

  private Map<String, Object> header(byte[] artefact) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("format", FORMAT);
    header.put("architecture", settings.question().architecture());
    header.put("meaning", meaning());
    header.put("features", model.features().size());
    header.put("regularisation", settings.regularisation());
    threshold.ifPresent(value -> header.put("threshold", value));
    header.put("sha256", Sha256.of(artefact));
    return header;
  }

  private String meaning() {
    return switch (settings.question()) {
      case DIAGNOSIS ->
          String.join(" or ", settings.positive())
              + " rather than "
              + String.join(" or ", settings.negative());
      case EQUIVALENT -> "the spherical equivalent in dioptres";
      case REFERABLE -> fovea.train.network.NetworkHeader.REFERABLE;
    };
  }

  private void writeAnswers() {
    Dataset<Row> rows =
        answers
            .withColumnRenamed("part", "split")
            .withColumn("training_run", lit(run.toString()))
            .withColumn("predicted_at", lit(begun))
            .withColumn("run", lit(context.run().toString()));
    List<String> among = List.of(run.toString());
    if (settings.question() == Question.REFERABLE) {
      Predictions.in(context.lake())
          .merge(
              rows.withColumnRenamed("id", "image_id").withColumnRenamed("predicted", "score"),
              among);
    } else {
      RefractionPredictions.in(context.lake())
          .merge(rows.withColumnRenamed("id", "measurement_id"), among);
    }
  }

  // An erased patient's models are found by these rows, whatever the model was fitted to.
  private void writeMembers() {
    TrainingMembers.in(context.lake())
        .merge(
            answers
                .withColumnRenamed("id", "image_id")
                .withColumn("training_run", lit(run.toString())),
            List.of(run.toString()));
  }

  private Row row(String metrics, String dataset, String sha256) {
    return RowFactory.create(
        run.toString(),
        settings.question().architecture(),
        (long) model.features().size() + 1,
        null,
        1,
        settings.seed(),
        null,
        dataset,
        metrics,
        NetworkFiles.weights(run).path(),
        sha256,
        begun,
        Timestamp.from(Instant.now()));
  }

  private static Map<String, String> notes(Map<String, Object> figures) {
    Map<String, String> notes = new LinkedHashMap<>();
    String name = figures.containsKey("auc") ? "auc" : "meanAbsoluteError";
    notes.put("test " + name, String.format(Locale.ROOT, "%.3f", (Double) figures.get(name)));
    notes.put("95% by patients", String.valueOf(figures.get(name + "Interval")));
    return notes;
  }

  private void write(ObjectKey key, Object content) {
    context.objects().write(key, NetworkFiles.json(content), "application/json");
  }
}
