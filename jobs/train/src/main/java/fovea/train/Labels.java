package fovea.train;

import fovea.registry.RegistrySettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What clinicians said of images: read by Spark straight from the registry, page by page. */
final class Labels {
  /** Kept in the lineage of every training run. */
  static final String QUERY =
      "SELECT id::text AS image_id, dr_grade AS grade FROM fundus_images WHERE dr_grade IS NOT NULL";

  private static final String ROWS_A_PAGE = "10000";

  private Labels() {}

  /** Columns {@code image_id STRING, grade SHORT}: the ICDR grade, 0 to 4. */
  static Dataset<Row> read(SparkSession spark, RegistrySettings registry) {
    return spark
        .read()
        .format("jdbc")
        .option("driver", "org.postgresql.Driver")
        .option("url", registry.url())
        .option("user", registry.user())
        .option("password", registry.password())
        .option("fetchsize", ROWS_A_PAGE)
        .option("query", QUERY)
        .load();
  }
}
