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
   * @param facts the same without pictures, for they are looked through several times
   * @param captures all rows of captures
   */
  static Dataset<Row> mark(Dataset<Row> found, Dataset<Row> facts, Dataset<Row> captures) {
    Column later = col("status").equalTo("accepted").and(col("first_id").notEqual(col("image_id")));
    RejectionReason reason = RejectionReason.DUPLICATE;
    return found
        .join(broadcast(firsts(facts, captures)), found.col("image_id").equalTo(col("id")), "left")
        .withColumn("duplicate_of", when(later, col("first_id")))
        .withColumn("reason_code", when(later, lit(reason.code())).otherwise(col("reason_code")))
        .withColumn("reason", when(later, lit(reason.sentence())).otherwise(col("reason")))
        .withColumn("content", when(later, lit(null)).otherwise(col("content")))
        .withColumn("thumbnail", when(later, lit(null)).otherwise(col("thumbnail")))
        .withColumn("status", when(later, lit("duplicate")).otherwise(col("status")))
        .drop("id", "first_id");
  }

  // Accepted photographs of the batch: id, first_id.
  private static Dataset<Row> firsts(Dataset<Row> facts, Dataset<Row> captures) {
    Dataset<Row> batch =
        facts
            .where(ACCEPTED_FUNDUS)
            .selectExpr(
                "image_id AS id", "organization_id AS o", "sha256 AS s", "uploaded_at AS t");
    return batch
        .withColumn("earliest_id", expr("min_by(id, struct(t, id)) OVER (PARTITION BY o, s)"))
        .join(
            broadcast(known(batch, captures)),
            col("o").equalTo(col("ko")).and(col("s").equalTo(col("ks"))),
            "left")
        .select(col("id"), coalesce(col("known_id"), col("earliest_id")).as("first_id"));
  }

  // What captures holds of the batch's content, never more rows than the batch has.
  private static Dataset<Row> known(Dataset<Row> batch, Dataset<Row> captures) {
    Dataset<Row> wanted = batch.selectExpr("o AS wo", "s AS ws").distinct();
    return captures
        .where(ACCEPTED_FUNDUS)
        .selectExpr("organization_id AS ko", "sha256 AS ks", "image_id AS known_id")
        .join(
            broadcast(wanted),
            col("ko").equalTo(col("wo")).and(col("ks").equalTo(col("ws"))),
            "left_semi");
  }
}
