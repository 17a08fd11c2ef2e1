package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import fovea.lake.BiasFindings;
import fovea.lake.Lake;
import fovea.train.models.Audit;
import fovea.train.models.Finding;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What bias audits found in a network's predictions. */
final class Audits {
  // Of five attributes with some ten groups, three metrics: far more than there can be.
  private static final int MOST_ROWS = 20_000;
  private static final Object[] METRICS = {"true_positive_rate", "false_positive_rate", "auc"};

  private Audits() {}

  /** The newest audit of a run, or empty. */
  static Optional<Audit> newest(Lake lake, UUID run) {
    return newestRow(lake, run)
        .map(
            row ->
                new Audit(
                    UUID.fromString(row.getString(0)),
                    row.<Timestamp>getAs(1).toInstant(),
                    findings(lake, run, row.getString(0))));
  }

  private static Optional<Row> newestRow(Lake lake, UUID run) {
    return of(lake, run)
        .groupBy("run")
        .agg(max("found_at").as("at"))
        .orderBy(col("at").desc(), col("run"))
        .limit(1)
        .collectAsList()
        .stream()
        .findFirst();
  }

  private static List<Finding> findings(Lake lake, UUID run, String audit) {
    return of(lake, run)
        .where(col("run").equalTo(audit))
        .where(col("metric").isin(METRICS))
        .select("attribute", "group_name", "metric", "value", "lower", "upper", "note")
        .limit(MOST_ROWS)
        .collectAsList()
        .stream()
        .map(Audits::finding)
        .toList();
  }

  private static Dataset<Row> of(Lake lake, UUID run) {
    return BiasFindings.in(lake)
        .rows()
        .where(col("training_run").equalTo(run.toString()))
        .where(col("subject").equalTo("model"));
  }

  private static Finding finding(Row row) {
    return new Finding(
        row.getAs("attribute"),
        row.getAs("group_name"),
        row.getAs("metric"),
        row.getAs("value"),
        row.getAs("lower"),
        row.getAs("upper"),
        Objects.requireNonNullElse(row.<String>getAs("note"), ""));
  }
}
