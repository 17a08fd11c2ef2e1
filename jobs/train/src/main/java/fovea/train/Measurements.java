package fovea.train;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import fovea.registry.RegistrySettings;
import fovea.runtime.RegistryRows;
import fovea.train.linear.Question;
import fovea.train.linear.RegressSettings;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/** Refractive measurements as a regression sees them: rows in, rows out. */
final class Measurements {
  private static final String PATIENTS =
      "SELECT p.id::text AS patient_id, p.age, p.gender AS sex FROM patients p";
  // Some data sets write 1 where the age is not known; nobody's refraction is measured as early.
  private static final int LEAST_AGE = 3;
  // Myopia: the two lines along which the split deals patients out.
  private static final double MYOPIC = -0.5;

  private Measurements() {}

  /** What a question is answered from. The spherical equivalent is not told about itself. */
  static List<String> features(Question question) {
    List<String> biometry = List.of("axial_length", "pressure", "age", "female");
    return question == Question.EQUIVALENT
        ? biometry
        : List.of("equivalent", "j0", "j45", "axial_length", "pressure", "age", "female");
  }

  /** Columns {@code patient_id, age, sex}, straight from the registry. */
  static Dataset<Row> patients(SparkSession spark, RegistrySettings registry) {
    return RegistryRows.read(spark, registry, PATIENTS);
  }

  /**
   * The newest measurement of every eye.
   *
   * @param refractions the lake's
   * @param patients {@code patient_id, age, sex}
   * @return {@code id, organization_id, patient_id, diagnosis}, the features of a diagnosis and
   *     {@code truth} (null where the eye does not answer the question), {@code label, grade}
   */
  static Dataset<Row> of(
      Dataset<Row> refractions, Dataset<Row> patients, RegressSettings settings) {
    var ofEye = Window.partitionBy("eye_id").orderBy(col("measured_at").desc(), col("id"));
    return refractions
        .withColumnRenamed("measurement_id", "id")
        .withColumn("newest", row_number().over(ofEye))
        .where(col("newest").equalTo(1))
        .join(patients, "patient_id")
        .select(
            col("id"),
            col("organization_id"),
            col("patient_id"),
            col("diagnosis"),
            col("spherical_equivalent").as("equivalent"),
            col("j0"),
            col("j45"),
            col("axial_length"),
            col("intraocular_pressure").as("pressure"),
            when(col("age").geq(LEAST_AGE), col("age").cast("double")).as("age"),
            when(col("sex").equalTo("female"), 1.0)
                .when(col("sex").equalTo("male"), 0.0)
                .as("female"))
        .withColumn("truth", truth(settings))
        .withColumn("label", label(settings))
        .withColumn("grade", col("label"));
  }

  private static Column truth(RegressSettings settings) {
    if (settings.question() == Question.EQUIVALENT) {
      return when(col("axial_length").isNotNull(), col("equivalent"));
    }
    Column diagnosis = lower(col("diagnosis"));
    return when(diagnosis.isin(settings.positive().toArray()), 1.0)
        .when(diagnosis.isin(settings.negative().toArray()), 0.0);
  }

  private static Column label(RegressSettings settings) {
    return settings.question() == Question.EQUIVALENT
        ? col("equivalent").leq(MYOPIC).cast("int")
        : col("truth").cast("int");
  }

  /** A short text that differs where any row differs, whatever their order. */
  static String fingerprint(Dataset<Row> rows) {
    Column[] all = List.of(rows.columns()).stream().map(Column::new).toArray(Column[]::new);
    Row sums =
        rows.select(xxhash64(all).as("a"))
            .agg(count(lit(1)), bit_xor(col("a")), sum(col("a").cast("decimal(38,0)")))
            .head();
    return sums.get(0) + "-" + sums.get(1) + "-" + sums.get(2);
  }
}
