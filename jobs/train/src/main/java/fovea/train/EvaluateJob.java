package fovea.train;

import static org.apache.spark.sql.functions.col;

import fovea.contract.capture.ObjectKey;
import fovea.contract.consent.ConsentRule;
import fovea.contract.errors.CallerMistake;
import fovea.contract.model.TrainingRunId;
import fovea.contract.settings.Setting;
import fovea.lake.Evaluations;
import fovea.lake.FundusImages;
import fovea.lake.Predictions;
import fovea.lake.TrainingMembers;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Timer;
import fovea.train.data.Objective;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/**
 * Judges a trained network on graded images that had no part in its training: those of another
 * organisation, or all that came later.
 *
 * <p>Input: {@code predictions} of the run and the registry's grades. Images of the run, of its
 * patients and of its content are refused, whatever part they were in. Output: one row in {@code
 * evaluations} and {@code report.json}; equal images, grades and scores make the same row.
 */
public final class EvaluateJob implements Job {
  private static final String[] USING_ID = {"image_id"};
  private static final Setting<Optional<String>> RUN =
      Setting.optional("run", "Training run whose network is judged");
  private static final Setting<Optional<String>> ORGANISATION =
      Setting.optional("organisation", "Images of this organisation's id alone; else of all");

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String help() {
    return "Judge a trained network on images that it was not trained on";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(RUN, ORGANISATION, ConsentRule.UNRECORDED);
  }

  @Override
  public JobReport run(JobContext context) {
    Timer timer = Timer.start();
    UUID run = TrainingRunId.of(context.values().required(RUN));
    context.registry().trainedModels().known(run);
    String source = context.values().value(ORGANISATION).orElse("all");
    TrainingLineage.in(context).counts(run); // enters the members of an older run
    context.progress().report("comparing with the training", 0, 0);
    Dataset<Row> judged = judged(context, run, source).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<String, Long> reasons = OtherImages.reasons(judged);
      long taken = Objects.requireNonNullElse(reasons.remove(OtherImages.TAKEN), 0L);
      long seen = taken + reasons.values().stream().mapToLong(Long::longValue).sum();
      Dataset<Row> rest = judged.where(col("refused").equalTo(OtherImages.TAKEN));
      Row counts = OtherImages.counts(rest);
      requireBothClasses(counts, reasons);
      double area = OtherImages.area(rest);
      Map<String, Object> metrics =
          OtherImages.metrics(counts, area, OtherImages.byPatients(rest, counts, area));
      long added = keep(context, run, source, counts, metrics, reasons);
      return new JobReport(name(), seen, added, reasons, timer.seconds(), notes(run, metrics));
    } finally {
      judged.unpersist();
    }
  }

  private static Dataset<Row> judged(JobContext context, UUID run, String source) {
    Dataset<Row> scored =
        Predictions.in(context.lake())
            .rows()
            .where(col("training_run").equalTo(run.toString()))
            .select("image_id", "patient_id", "organization_id", "prediction", "score");
    if (!source.equals("all")) {
      scored = scored.where(col("organization_id").equalTo(source));
    }
    Dataset<Row> grades =
        Labels.read(
                context.spark(), context.registry().settings(), ConsentRule.of(context.values()))
            .select(
                col("image_id"),
                col("grade").geq(Objective.REFERABLE_GRADE).cast("int").as("label"));
    Dataset<Row> contents =
        FundusImages.in(context.lake())
            .rows()
            .select("image_id", "capture_sha256")
            .dropDuplicates(USING_ID);
    Dataset<Row> members =
        TrainingMembers.in(context.lake())
            .rows()
            .where(col("training_run").equalTo(run.toString()))
            .select("image_id", "patient_id");
    return OtherImages.judged(
        Consent.forResearch(context, scored)
            .join(grades, USING_ID)
            .join(contents, USING_ID, "left"),
        members,
        contents);
  }

  private static void requireBothClasses(Row counts, Map<String, Long> refused) {
    long referable = counts.getLong(2) + counts.getLong(3);
    long others = counts.getLong(4) + counts.getLong(5);
    if (referable == 0 || others == 0) {
      throw new CallerMistake(
          "too-few-images",
          "there is nothing to judge by: of graded and scored images %d referable and %d others are"
                  .formatted(referable, others)
              + " left, refused "
              + refused,
          "Load graded images of other patients, then preprocess and predict --run");
    }
  }

  private static long keep(
      JobContext context,
      UUID run,
      String source,
      Row counts,
      Map<String, Object> metrics,
      Map<String, Long> refused) {
    UUID id =
        UUID.nameUUIDFromBytes(
            (run + "|" + source + "|" + counts).getBytes(StandardCharsets.UTF_8));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("evaluation", id.toString());
    report.put("trainingRun", run.toString());
    report.put("source", source);
    report.put("images", counts.getLong(0));
    report.put("patients", counts.getLong(1));
    report.put("metrics", metrics);
    report.put("refused", refused);
    context
        .objects()
        .write(
            ObjectKey.report("evaluate", id, "report.json"),
            NetworkFiles.json(report),
            "application/json");
    Evaluations table = Evaluations.in(context.lake());
    Row row =
        RowFactory.create(
            id.toString(),
            run.toString(),
            source,
            counts.getLong(0),
            counts.getLong(1),
            NetworkFiles.line(metrics),
            NetworkFiles.line(refused),
            Timestamp.from(Instant.now()),
            context.run().toString());
    return table.merge(context.spark().createDataFrame(List.of(row), table.schema()));
  }

  private static Map<String, String> notes(UUID run, Map<String, Object> metrics) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("run", run.toString());
    notes.put("AUC", String.format(Locale.ROOT, "%.3f", (Double) metrics.get("auc")));
    notes.put("95% by patients", String.valueOf(metrics.get("aucInterval")));
    return notes;
  }
}
