package fovea.runtime;

import fovea.registry.RegistrySettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What the registry answers to a query, read by Spark page by page, each time anew. */
public final class RegistryRows {
  private static final String ROWS_A_PAGE = "10000";

  private RegistryRows() {}

  /**
   * The rows of a query.
   *
   * @param query one SELECT: one statement of Postgres is one consistent moment
   */
  public static Dataset<Row> read(SparkSession spark, RegistrySettings registry, String query) {
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
}
