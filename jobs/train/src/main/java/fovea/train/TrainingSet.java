package fovea.train;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import fovea.train.data.Part;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Which images a network may learn from, and in which part each lies: rows in, rows out. */
final class TrainingSet {
  /** International Clinical DR scale: from grade 2 (moderate) a patient is referred. */
  private static final int REFERABLE_GRADE = 2;

  private TrainingSet() {}

  /** The images that networks see: processed and not rejected, of one version. */
  static Dataset<Row> usable(Dataset<Row> fundusImages, String parametersVersion) {
    return fundusImages
        .where(col("status").equalTo("processed"))
        .where(col("parameters_version").equalTo(parametersVersion))
        .where(coalesce(col("quality_grade"), lit("")).notEqual("reject"));
  }

  /** The parameters' version that was used last, or empty where nothing is processed. */
  static Optional<String> newestParameters(Dataset<Row> fundusImages) {
    return fundusImages
        .where(col("status").equalTo("processed"))
        .groupBy("parameters_version")
        .agg(max("processed_at").as("last"))
        .orderBy(col("last").desc(), col("parameters_version"))
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .findFirst();
  }

  /**
   * Images with their label; of the same content once.
   *
   * @param usable see {@link #usable}
   * @param labels {@code image_id, grade}
   * @return {@code image_id, patient_id, capture_sha256, label}; patients may be null
   */
  static Dataset<Row> labelled(Dataset<Row> usable, Dataset<Row> labels) {
    var sameContent =
        Window.partitionBy(coalesce(col("capture_sha256"), col("image_id"))).orderBy("image_id");
    return usable
        .select("image_id", "patient_id", "capture_sha256")
        .join(labels, "image_id")
        .withColumn("copy", row_number().over(sameContent))
        .where(col("copy").equalTo(1))
        .withColumn("label", col("grade").geq(REFERABLE_GRADE).cast(DataTypes.IntegerType))
        .drop("grade", "copy");
  }

  /**
   * Puts every patient into one part. Patients with and without a referable image are ranked apart
   * by a seeded hash; of each kind the first go to the test, the next to the validation, at least
   * one to both.
   *
   * @param labelled with {@code patient_id} and {@code label}
   * @param heldOut share of patients for the test, and again for the validation
   * @return the same rows with {@code part}
   */
  static Dataset<Row> split(Dataset<Row> labelled, double heldOut, long seed) {
    Column order = xxhash64(lit(seed), col("patient_id"));
    var kind = Window.partitionBy("referable");
    Column share = greatest(lit(1), round(col("patients").multiply(heldOut)));
    Dataset<Row> patients =
        labelled
            .groupBy("patient_id")
            .agg(max("label").as("referable"))
            .withColumn("rank", row_number().over(kind.orderBy(order, col("patient_id"))))
            .withColumn("patients", count(lit(1)).over(kind))
            .withColumn(
                "part",
                when(col("rank").leq(share), Part.TEST.word())
                    .when(col("rank").leq(share.multiply(2)), Part.VALIDATION.word())
                    .otherwise(Part.TRAIN.word()))
            .select("patient_id", "part");
    return labelled.join(patients, "patient_id");
  }

  /**
   * A short text that differs where any image, patient, label or content differs, whatever the
   * order of the rows: a count and two independent sums of 64-bit hashes.
   */
  static String fingerprint(Dataset<Row> labelled) {
    Column[] row = {
      col("image_id"), col("patient_id"), col("capture_sha256"), col("label"),
    };
    Row sums =
        labelled
            .select(xxhash64(with(lit("a"), row)).as("a"), xxhash64(with(lit("b"), row)).as("b"))
            .agg(count(lit(1)), bit_xor(col("a")), sum(col("b").cast("decimal(38,0)")))
            .head();
    return sums.get(0) + "-" + sums.get(1) + "-" + sums.get(2);
  }

  /** How many patients lie in more than one part: must be none. */
  static long leaks(Dataset<Row> split) {
    return split
        .groupBy("patient_id")
        .agg(count_distinct(col("part")).as("parts"))
        .where(col("parts").gt(1))
        .count();
  }

  private static Column[] with(Column first, Column[] rest) {
    Column[] all = new Column[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }
}
