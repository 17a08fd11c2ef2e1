package fovea.bias;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import fovea.contract.errors.CallerMistake;
import fovea.lake.Predictions;
import fovea.runtime.JobContext;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The predictions to look at.
 *
 * @param trainingRun whose they are
 * @param split {@code test}, or {@code all labelled} where no test split was kept
 * @param rows {@code image_id, true_label, prediction, score}
 */
record ModelRows(String trainingRun, String split, Dataset<Row> rows) {
  private static final Column TESTED = coalesce(col("split"), lit("")).equalTo("test");

  /** The newest training run's predictions, or those asked for; empty where there are none. */
  static Optional<ModelRows> read(JobContext context, Optional<String> asked) {
    Dataset<Row> labelled =
        Predictions.in(context.lake())
            .rows()
            .where(col("label").isin(0, 1).and(col("prediction").isin(0, 1)));
    Optional<Row> run =
        newest(asked.map(a -> labelled.where(col("training_run").equalTo(a))).orElse(labelled));
    if (run.isEmpty() && asked.isPresent()) {
      throw new CallerMistake(
          "no-predictions",
          "training run " + asked.get() + " has no predictions of labelled images",
          "Run predict first, or leave --training-run out for the newest run");
    }
    return run.map(r -> of(r.getString(0), r.getLong(2) > 0, labelled));
  }

  private static ModelRows of(String run, boolean tested, Dataset<Row> labelled) {
    Dataset<Row> rows = labelled.where(col("training_run").equalTo(run));
    return tested
        ? new ModelRows(run, "test", columns(rows.where(TESTED)))
        : new ModelRows(run, "all labelled", columns(rows));
  }

  private static Optional<Row> newest(Dataset<Row> labelled) {
    return labelled
        .groupBy("training_run")
        .agg(max("predicted_at").as("newest"), sum(TESTED.cast("long")))
        .orderBy(col("newest").desc(), col("training_run"))
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst();
  }

  private static Dataset<Row> columns(Dataset<Row> rows) {
    return rows.select(
        col("image_id"), col("label").as("true_label"), col("prediction"), col("score"));
  }
}
