package fovea.train;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import fovea.train.data.Objective;
import fovea.train.data.Part;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Which images a network may learn from, and in which part each lies: rows in, rows out. */
final class TrainingSet {
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
   * @param labels {@code image_id, grade, sex, age_band, consent, left_out}
   * @return {@code image_id, patient_id, capture_sha256, grade, label, sex, age_band, consent,
   *     left_out}; patients may be null
   */
  static Dataset<Row> labelled(Dataset<Row> usable, Dataset<Row> labels) {
    // Who is left out comes first: a copy under another patient does not bring it back.
    var sameContent =
        Window.partitionBy(coalesce(col("capture_sha256"), col("image_id")))
            .orderBy(col("left_out").desc(), col("image_id"));
    return usable
        .select("image_id", "patient_id", "capture_sha256")
        .join(labels, "image_id")
        .withColumn("copy", row_number().over(sameContent))
        .where(col("copy").equalTo(1))
        .withColumn("grade", col("grade").cast(DataTypes.IntegerType))
        .withColumn(
            "label", col("grade").geq(Objective.REFERABLE_GRADE).cast(DataTypes.IntegerType))
        .drop("copy");
  }

  /**
   * Puts every patient into one part. Patients with and without a referable image are lined up
   * apart, by their highest grade and then by a seeded hash, and at even distances along each line
   * one is taken for the test, then of the others for the validation, at least one for both: every
   * grade has its share of every part, as nearly as its patients allow.
   *
   * @param labelled with {@code patient_id}, {@code grade} and {@code label}
   * @param heldOut share of patients for the test, and again for the validation
   * @return the same rows with {@code part}
   */
  static Dataset<Row> split(Dataset<Row> labelled, double heldOut, long seed) {
    Column share = greatest(lit(1), round(col("patients").multiply(heldOut)));
    Dataset<Row> lines =
        labelled
            .groupBy("patient_id")
            .agg(max("label").as("referable"), max("grade").as("highest"))
            .withColumn("hash", xxhash64(lit(seed), col("patient_id")))
            .withColumn("patients", count(lit(1)).over(Window.partitionBy("referable")))
            .withColumn("share", share);
    Dataset<Row> tested = taken(lines, "test", lit(true), col("patients"), seed);
    Dataset<Row> patients =
        taken(tested, "validation", not(col("test")), col("patients").minus(col("share")), ~seed)
            .withColumn(
                "part",
                when(col("test"), Part.TEST.word())
                    .when(col("validation"), Part.VALIDATION.word())
                    .otherwise(Part.TRAIN.word()))
            .select("patient_id", "part");
    return labelled.join(patients, "patient_id");
  }

  /**
   * Deals patients to folds in the order of {@link #split}'s lines: every grade is spread evenly.
   *
   * @param folds 1: the part stands, and every fold is 0
   * @return the same rows with {@code shard}, the fold of their patient
   */
  static Dataset<Row> folds(Dataset<Row> split, int folds, long seed) {
    var line = Window.orderBy("referable", "highest", "hash", "patient_id");
    Dataset<Row> patients =
        split
            .groupBy("patient_id")
            .agg(max("label").as("referable"), max("grade").as("highest"))
            .withColumn("hash", xxhash64(lit(seed), col("patient_id")))
            .withColumn("shard", pmod(row_number().over(line).minus(1), lit(folds)))
            .select("patient_id", "shard");
    return split.join(patients, "patient_id");
  }

  // The product first: at the last place the quotient is the whole share, without rounding.
  private static Column along(Column place, Column size) {
    return place.multiply(col("share")).divide(greatest(lit(1), size));
  }

  // Of each line's open patients takes as many as share says, evenly, beginning at a seeded place.
  private static Dataset<Row> taken(
      Dataset<Row> lines, String name, Column open, Column size, long seed) {
    var line =
        Window.partitionBy(col("referable"), open)
            .orderBy(col("highest"), col("hash"), col("patient_id"));
    Column place = row_number().over(line);
    Column begin = pmod(xxhash64(lit(seed), col("referable")), lit(1000)).divide(1000);
    Column before = floor(along(place.minus(1), size).plus(begin));
    Column after = floor(along(place, size).plus(begin));
    return lines.withColumn(name, open.and(after.gt(before)));
  }

  /**
   * A short text that differs where any image, patient, grade or content differs, whatever the
   * order of the rows: a count and two independent sums of 64-bit hashes.
   */
  static String fingerprint(Dataset<Row> labelled) {
    Column[] row = {
      col("image_id"), col("patient_id"), col("capture_sha256"), col("grade"),
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
