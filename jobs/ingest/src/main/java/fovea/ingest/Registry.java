package fovea.ingest;

import fovea.registry.RegistrySettings;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Queries over Postgres as Spark sees them. */
record Registry(SparkSession spark, RegistrySettings settings) {
  private static final int MOST_CONNECTIONS = 4;

  /**
   * The rows of a query, read over a few connections, each its share by a hash of the id.
   *
   * @param query with a column {@code id} of type uuid, without parameters from outside
   */
  Dataset<Row> rows(String query) {
    int shares = Math.min(MOST_CONNECTIONS, spark.sparkContext().defaultParallelism());
    String[] share =
        IntStream.range(0, shares)
            .mapToObj(i -> "(hashtext(id::text) & 2147483647) % " + shares + " = " + i)
            .toArray(String[]::new);
    return spark.read().jdbc(settings.url(), "(" + query + ") q", share, properties());
  }

  /** The only row of an aggregate. */
  Row one(String query) {
    return spark.read().jdbc(settings.url(), "(" + query + ") q", properties()).head();
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("driver", "org.postgresql.Driver");
    properties.setProperty("fetchsize", "1000");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", "300");
    properties.setProperty("ApplicationName", "fovea-ingest");
    return properties;
  }
}
