package fovea.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import fovea.contract.capture.RejectionReason;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The same retinal photograph twice in one organisation: the first stands. First is what captures
 * already holds, then what was uploaded earliest, then the smaller id.
 */
final class Duplicates {
  private static final Column ACCEPTED_FUNDUS =
      col("kind").equalTo("fundus").and(col("status").equalTo("accepted"));

  private Duplicates() {}

  /**
   * Marks duplicates and drops their content and thumbnail.
   *
   * @param found a batch, one row an upload, as {@link InspectUploads} gives it; small enough for
   *     its ids and hashes to be broadcast
   * @param captures all rows of captures
   */
  static Dataset<Row> mark(Dataset<Row> found, Dataset<Row> captures) {
    Column later = col("status").equalTo("accepted").and(col("first_id").notEqual(col("image_id")));
    RejectionReason reason = RejectionReason.DUPLICATE;
    return found
        .join(broadcast(firsts(found, captures)), found.col("image_id").equalTo(col("id")), "left")
        .withColumn("duplicate_of", when(later, col("first_id")))
        .withColumn("reason_code", when(later, lit(reason.code())).otherwise(col("reason_code")))
        .withColumn("reason", when(later, lit(reason.sentence())).otherwise(col("reason")))
        .withColumn("content", when(later, lit(null)).otherwise(col("content")))
        .withColumn("thumbnail", when(later, lit(null)).otherwise(col("thumbnail")))
        .withColumn("status", when(later, lit("duplicate")).otherwise(col("status")))
        .drop("id", "first_id");
  }

  // Accepted photographs of the batch: id, first_id.
  private static Dataset<Row> firsts(Dataset<Row> found, Dataset<Row> captures) {
    Dataset<Row> batch =
        found
            .where(ACCEPTED_FUNDUS)
            .selectExpr(
                "image_id AS id", "organization_id AS o", "sha256 AS s", "uploaded_at AS t");
    Dataset<Row> known =
        captures
            .where(ACCEPTED_FUNDUS)
            .selectExpr("organization_id AS ko", "sha256 AS ks", "image_id AS known_id");
    Dataset<Row> earliest =
        batch
            .groupBy("o", "s")
            .agg(expr("min_by(id, struct(t, id))").as("earliest_id"))
            .join(known, col("o").equalTo(col("ko")).and(col("s").equalTo(col("ks"))), "left")
            .select(
                col("o").as("eo"),
                col("s").as("es"),
                coalesce(col("known_id"), col("earliest_id")).as("first_id"));
    return batch
        .join(earliest, col("o").equalTo(col("eo")).and(col("s").equalTo(col("es"))))
        .select("id", "first_id");
  }
}
