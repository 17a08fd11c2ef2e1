package fovea.train;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import fovea.contract.cohort.AgeBand;
import fovea.registry.RegistrySettings;
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
      "SELECT i.id::text AS image_id, i.dr_grade AS grade, p.gender AS sex, p.age"
          + " FROM fundus_images i JOIN eyes e ON e.id = i.eye_id"
          + " JOIN patients p ON p.id = e.patient_id"
          + " WHERE i.dr_grade IS NOT NULL AND i.status = 'accepted'";

  private static final String ROWS_A_PAGE = "10000";

  private Labels() {}

  /**
   * Columns {@code image_id STRING, grade SHORT, sex STRING, age_band STRING}: the ICDR grade, 0 to
   * 4; sex and band are {@code unknown} where not recorded.
   */
  static Dataset<Row> read(SparkSession spark, RegistrySettings registry) {
    return query(spark, registry, QUERY)
        .select(
            col("image_id"),
            col("grade"),
            coalesce(col("sex"), lit(Subject.UNKNOWN)).as("sex"),
            udf(new Band(), DataTypes.StringType).apply(col("age")).as("age_band"));
  }

  /** Rows of the registry, page by page. */
  static Dataset<Row> query(SparkSession spark, RegistrySettings registry, String query) {
    return spark
        .read()
        .format("jdbc")
        .option("driver", "org.postgresql.Driver")
        .option("url", registry.url())
        .option("user", registry.user())
        .option("password", registry.password())
        .option("fetchsize", ROWS_A_PAGE)
        .option("query", query)
        .load();
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
