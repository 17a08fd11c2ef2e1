package fovea.bias;

import static org.apache.spark.sql.functions.col;

import fovea.contract.errors.CallerMistake;
import fovea.lake.Predictions;
import fovea.runtime.JobContext;
import java.util.List;
import java.util.Optional;
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

  /** The newest training run's predictions, or those asked for; empty where there are none. */
  static Optional<ModelRows> read(JobContext context, Optional<String> asked) {
    Dataset<Row> predictions = Predictions.in(context.lake()).rows();
    Optional<String> run = asked.or(() -> newest(predictions));
    if (run.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> labelled =
        predictions.where(
            col("training_run")
                .equalTo(run.get())
                .and(col("label").isin(0, 1))
                .and(col("prediction").isin(0, 1)));
    if (labelled.isEmpty()) {
      if (asked.isPresent()) {
        throw new CallerMistake(
            "no-predictions",
            "training run " + run.get() + " has no predictions of labelled images",
            "Run predict first, or leave --training-run out for the newest run");
      }
      return Optional.empty();
    }
    Dataset<Row> test = labelled.where(col("split").equalTo("test"));
    boolean tested = !test.isEmpty();
    return Optional.of(
        new ModelRows(
            run.get(), tested ? "test" : "all labelled", columns(tested ? test : labelled)));
  }

  private static Optional<String> newest(Dataset<Row> predictions) {
    List<Row> first =
        predictions
            .orderBy(col("predicted_at").desc(), col("training_run"))
            .select("training_run")
            .limit(1)
            .collectAsList();
    return first.stream().map(r -> r.getString(0)).findFirst();
  }

  private static Dataset<Row> columns(Dataset<Row> rows) {
    return rows.select(
        col("image_id"), col("label").as("true_label"), col("prediction"), col("score"));
  }
}
