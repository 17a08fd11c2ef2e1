package fovea.train;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import fovea.contract.cohort.AgeBand;
import fovea.contract.consent.ConsentRule;
import fovea.registry.RegistrySettings;
import fovea.runtime.RegistryRows;
import fovea.train.data.Subject;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * What clinicians said of accepted images, and of whom: read by Spark straight from the registry,
 * page by page, each time anew. An image or a patient that is no longer there is not learnt from.
 */
final class Labels {
  /** Kept in the lineage of every training run. */
  static final String QUERY =
      "SELECT i.id::text AS image_id, i.dr_grade AS grade, p.gender AS sex, p.age,"
          + " c.training AS consent"
          + " FROM fundus_images i JOIN eyes e ON e.id = i.eye_id"
          + " JOIN patients p ON p.id = e.patient_id"
          + " JOIN consents c ON c.patient_id = p.id"
          + " WHERE i.dr_grade IS NOT NULL AND i.status = 'accepted'";

  private Labels() {}

  /**
   * Columns {@code image_id STRING, grade SHORT, sex STRING, age_band STRING, consent STRING,
   * left_out BOOLEAN}: the ICDR grade, 0 to 4; sex and band are {@code unknown} where not recorded;
   * where the patient stands on training, and whether the rule keeps the image out.
   */
  static Dataset<Row> read(SparkSession spark, RegistrySettings registry, ConsentRule rule) {
    return RegistryRows.read(spark, registry, QUERY)
        .select(
            col("image_id"),
            col("grade"),
            coalesce(col("sex"), lit(Subject.UNKNOWN)).as("sex"),
            udf(new Band(), DataTypes.StringType).apply(col("age")).as("age_band"),
            col("consent"),
            col("consent").isin(rule.refused().toArray()).as("left_out"));
  }

  /** Age in years to the label of its band. */
  static final class Band implements UDF1<@Nullable Integer, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public String call(@Nullable Integer years) {
      return years == null ? Subject.UNKNOWN : AgeBand.of(years).label();
    }
  }
}
