package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.lake.Refractions;
import fovea.lake.TrainingRuns;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Timer;
import fovea.train.data.Part;
import fovea.train.linear.Question;
import fovea.train.linear.RegressSettings;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits a linear model with MLlib: a diagnosis from an eye's refraction and biometry, the spherical
 * equivalent from its biometry, or referable retinopathy from a network's embedding of photographs.
 *
 * <p>Input: {@code refractions} (the newest of an eye) with ages and sexes of the registry, or
 * {@code fundus_images} with their grades. Output: the model and its report in the object store, a
 * row in {@code training_runs} and in the registry, {@code training_members}, and answers in {@code
 * refraction_predictions} or {@code predictions}. Eyes of one patient lie in one part. The same
 * data and settings make the same run, and the second time nothing is done.
 */
public final class RegressJob implements Job {

  @Override
  public String name() {
    return "regress";
  }

  @Override
  public String help() {
    return "Fit a linear model: diagnosis or equivalent from refraction, referable from embeddings";
  }

  @Override
  public List<Setting<?>> settings() {
    return RegressSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    Timer timer = Timer.start();
    Timestamp begun = Timestamp.from(Instant.now());
    RegressSettings settings = RegressSettings.of(context.values());
    context.progress().report("reading", 0, 0);
    Dataset<Row> all = rows(context, settings).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long seen = all.count();
      Dataset<Row> allowed = Consent.forTraining(context, all);
      Dataset<Row> asked = allowed.where(col("truth").isNotNull());
      Map<String, Long> rejected = rejected(seen, allowed.count(), asked.count());
      UUID run = run(settings, Measurements.fingerprint(asked));
      Map<String, String> notes = new LinkedHashMap<>();
      notes.put("run", run.toString());
      if (known(context, run)) {
        notes.put("already fitted", "nothing to do");
        return new JobReport(name(), seen, 0, rejected, timer.seconds(), notes);
      }
      notes.putAll(fitAndPublish(context, settings, run, begun, asked));
      return new JobReport(name(), seen, 1, rejected, timer.seconds(), notes);
    } finally {
      all.unpersist();
    }
  }

  private static Map<String, Long> rejected(long seen, long allowed, long asked) {
    Map<String, Long> rejected = new LinkedHashMap<>();
    rejected.put("no-answer-known", allowed - asked);
    if (allowed < seen) {
      rejected.put("no-consent", seen - allowed);
    }
    return rejected;
  }

  // The split is asked again and again: its windows are counted out once.
  private static Map<String, String> fitAndPublish(
      JobContext context, RegressSettings settings, UUID run, Timestamp begun, Dataset<Row> asked) {
    Dataset<Row> split = split(asked, settings).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      requireEnough(split, settings.question());
      return fitted(context, settings, run, begun, split).publish();
    } finally {
      split.unpersist();
    }
  }

  private static Dataset<Row> rows(JobContext context, RegressSettings settings) {
    return settings.question() == Question.REFERABLE
        ? Embeddings.of(context, UUID.fromString(settings.network()))
        : Measurements.of(
            Refractions.in(context.lake()).rows(),
            Measurements.patients(context.spark(), context.registry().settings()),
            settings);
  }

  private static Dataset<Row> split(Dataset<Row> asked, RegressSettings settings) {
    return settings.question() == Question.REFERABLE
        ? asked
        : TrainingSet.split(asked, settings.heldOut(), settings.seed());
  }

  private static LinearRun fitted(
      JobContext context, RegressSettings settings, UUID run, Timestamp begun, Dataset<Row> split) {
    context.progress().report("fitting", 0, 0);
    Dataset<Row> train = split.where(col("part").equalTo(Part.TRAIN.word()));
    Question question = settings.question();
    LinearFit fit =
        question == Question.REFERABLE
            ? LinearFit.ofEmbeddings(question, length(train), train, settings.regularisation())
            : LinearFit.ofColumns(
                question, Measurements.features(question), train, settings.regularisation());
    Dataset<Row> answers = fit.answers(split);
    if (!question.isYesOrNo()) {
      return new LinearRun(
          context, settings, run, begun, fit.model(), OptionalDouble.empty(), answers);
    }
    double threshold =
        LinearFit.threshold(answers.where(col("part").equalTo(Part.VALIDATION.word())));
    Dataset<Row> decided =
        answers.withColumn("prediction", when(col("predicted").geq(threshold), 1).otherwise(0));
    return new LinearRun(
        context, settings, run, begun, fit.model(), OptionalDouble.of(threshold), decided);
  }

  private static int length(Dataset<Row> train) {
    return train.select(size(col("embedding"))).first().getInt(0);
  }

  private static UUID run(RegressSettings settings, String fingerprint) {
    String text = "regress|" + settings + "|" + fingerprint;
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean known(JobContext context, UUID run) {
    return !TrainingRuns.in(context.lake())
        .rows()
        .where(col("training_run").equalTo(run.toString()))
        .isEmpty();
  }

  // Both classes in every part; of a quantity, at least patients to be of two minds about.
  private static void requireEnough(Dataset<Row> split, Question question) {
    long wanted = question.isYesOrNo() ? 6 : 3;
    var cell = question.isYesOrNo() ? col("label") : lit(0);
    long found = split.select(col("part"), cell).distinct().count();
    long patients = split.select(count_distinct(col("patient_id"))).head().getLong(0);
    if (found < wanted || patients < wanted) {
      throw new CallerMistake(
          "too-few-images",
          "every part needs eyes of both answers, but of %d patients only %d of %d cells are filled"
              .formatted(patients, found, wanted),
          "Load more measurements or grades, or name other --positive and --negative diagnoses");
    }
  }
}
