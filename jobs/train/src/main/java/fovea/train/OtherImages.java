package fovea.train;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import fovea.train.metrics.ByPatients;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Images a network was scored on but not trained on, and what it is worth there. */
final class OtherImages {
  /** The reason of an image that is not refused. */
  static final String TAKEN = "";

  private static final String[] USING_ID = {"image_id"};
  private static final String[] USING_PATIENT = {"patient_id"};
  private static final String[] USING_CONTENT = {"capture_sha256"};

  private OtherImages() {}

  /**
   * Says of every image why it must not be counted: the run used it, its patient or its content, in
   * whichever part, or its patient is unknown.
   *
   * @param scored {@code image_id, patient_id, capture_sha256} and more
   * @param members {@code image_id, patient_id} of the run
   * @param contents {@code image_id, capture_sha256} of all images
   * @return {@code scored} with {@code refused}, {@link #TAKEN} or the reason's code
   */
  static Dataset<Row> judged(Dataset<Row> scored, Dataset<Row> members, Dataset<Row> contents) {
    Dataset<Row> images = members.select(col("image_id"), lit(true).as("same_image"));
    Dataset<Row> patients =
        members
            .where(col("patient_id").isNotNull())
            .select(col("patient_id"), lit(true).as("same_patient"))
            .distinct();
    Dataset<Row> used =
        contents
            .join(members.select("image_id"), USING_ID)
            .where(col("capture_sha256").isNotNull())
            .select(col("capture_sha256"), lit(true).as("same_content"))
            .distinct();
    return scored
        .join(images, USING_ID, "left")
        .join(patients, USING_PATIENT, "left")
        .join(used, USING_CONTENT, "left")
        .withColumn(
            "refused",
            when(col("same_image"), "used-by-the-run")
                .when(col("same_patient"), "patient-of-the-run")
                .when(col("same_content"), "content-of-the-run")
                .when(col("patient_id").isNull(), "no-patient")
                .otherwise(TAKEN))
        .drop("same_image", "same_patient", "same_content");
  }

  /** Images by reason, {@link #TAKEN} among them. */
  static Map<String, Long> reasons(Dataset<Row> judged) {
    Map<String, Long> reasons = new TreeMap<>();
    judged
        .groupBy("refused")
        .count()
        .collectAsList()
        .forEach(row -> reasons.put(row.getString(0), row.getLong(1)));
    return reasons;
  }

  /**
   * One row: {@code images, patients, tp, fn, fp, tn, fingerprint}; the fingerprint differs where
   * any image, label or score does.
   *
   * @param taken {@code image_id, patient_id, label, prediction, score}
   */
  static Row counts(Dataset<Row> taken) {
    return taken
        .agg(
            count(lit(1)),
            count_distinct(col("patient_id")),
            cell(1, 1),
            cell(1, 0),
            cell(0, 1),
            cell(0, 0),
            coalesce(
                bit_xor(xxhash64(col("image_id"), col("label"), col("prediction"), col("score"))),
                lit(0L)))
        .head();
  }

  private static Column cell(int label, int prediction) {
    Column here = col("label").equalTo(label).and(col("prediction").equalTo(prediction));
    return coalesce(sum(when(here, 1L).otherwise(0L)), lit(0L));
  }

  /**
   * The area under the ROC curve by counting pairs, ties half (Mann-Whitney); no score passes
   * through the driver.
   *
   * @param taken {@code label, score}, both labels among them
   */
  static double area(Dataset<Row> taken) {
    Row sums =
        scores(taken)
            .agg(
                sum(col("positives").multiply(col("lower_negatives"))),
                sum("positives"),
                sum("negatives"))
            .head();
    return sums.getDouble(0) / sums.getDouble(1) / sums.getDouble(2);
  }

  // Of each score how many images have it and how many a lower one, equal ones half.
  static Dataset<Row> scores(Dataset<Row> taken) {
    return taken
        .groupBy("score")
        .agg(
            sum(col("label")).cast("double").as("positives"),
            sum(lit(1).minus(col("label"))).cast("double").as("negatives"))
        .withColumn("lower_positives", lower("positives"))
        .withColumn("lower_negatives", lower("negatives"));
  }

  private static Column lower(String name) {
    var below = Window.orderBy("score").rowsBetween(Window.unboundedPreceding(), -1);
    return coalesce(sum(name).over(below), lit(0.0)).plus(col(name).divide(2));
  }

  /**
   * What intervals by patients follow from; one row passes through the driver.
   *
   * @param taken {@code patient_id, label, prediction, score}
   * @param counts of them, see {@link #counts}
   * @param area see {@link #area}
   */
  static ByPatients byPatients(Dataset<Row> taken, Row counts, double area) {
    long referable = counts.getLong(2) + counts.getLong(3);
    long others = counts.getLong(4) + counts.getLong(5);
    double sensitivity = counts.getLong(2) / (double) referable;
    double specificity = counts.getLong(5) / (double) others;
    Column positive = col("label").equalTo(1);
    Column right = col("label").equalTo(col("prediction"));
    Column above = col("lower_negatives").divide(others).minus(area);
    Column below = lit(1 - area).minus(col("lower_positives").divide(referable));
    Row sums =
        taken
            .join(scores(taken), "score")
            .groupBy("patient_id")
            .agg(
                sum(when(positive, 1).otherwise(0)).as("m"),
                sum(when(positive, 0).otherwise(1)).as("n"),
                sum(when(positive.and(right), 1).otherwise(0)).as("found"),
                sum(when(not(positive).and(right), 1).otherwise(0)).as("left"),
                sum(when(positive, above).otherwise(0)).as("above"),
                sum(when(positive, lit(0)).otherwise(below)).as("below"))
            .agg(
                count(lit(1)),
                sum(when(col("m").gt(0), 1L).otherwise(0L)),
                sum(when(col("n").gt(0), 1L).otherwise(0L)),
                sum(pow(col("above"), 2)),
                sum(pow(col("below"), 2)),
                sum(pow(col("found").minus(col("m").multiply(sensitivity)), 2)),
                sum(pow(col("left").minus(col("n").multiply(specificity)), 2)),
                sum(col("above").multiply(col("below"))))
            .head();
    return new ByPatients(
        sums.getLong(0),
        new ByPatients.Side(
            referable, sums.getLong(1), sensitivity, sums.getDouble(3), sums.getDouble(5)),
        new ByPatients.Side(
            others, sums.getLong(2), specificity, sums.getDouble(4), sums.getDouble(6)),
        sums.getDouble(7));
  }

  /** Figures of a row of {@link #counts}, by the names of {@code training_runs.metrics}. */
  static Map<String, Object> metrics(Row counts, double area, ByPatients patients) {
    long found = counts.getLong(2);
    long missed = counts.getLong(3);
    long alarms = counts.getLong(4);
    long left = counts.getLong(5);
    double sensitivity = (double) found / (found + missed);
    double specificity = (double) left / (left + alarms);
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("auc", area);
    metrics.put("aucInterval", RunMetrics.pair(patients.ofArea(area)));
    metrics.put("sensitivity", sensitivity);
    metrics.put("sensitivityInterval", RunMetrics.pair(patients.positives().interval()));
    metrics.put("specificity", specificity);
    metrics.put("specificityInterval", RunMetrics.pair(patients.negatives().interval()));
    metrics.put("balancedAccuracy", (sensitivity + specificity) / 2);
    metrics.put("truePositives", found);
    metrics.put("falsePositives", alarms);
    metrics.put("trueNegatives", left);
    metrics.put("falseNegatives", missed);
    return metrics;
  }
}
