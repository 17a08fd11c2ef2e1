package fovea.ingest;

import fovea.registry.RegistrySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
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

  /**
   * The first row of a query, asked without Spark: a job for one row costs more than the row.
   *
   * @return what {@code read} makes of it; empty where there is none
   */
  <T> Optional<T> first(String query, RowReader<T> read) {
    try (Connection connection = DriverManager.getConnection(settings.url(), properties());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? Optional.of(read.of(rows)) : Optional.empty();
    } catch (SQLException failed) {
      throw new IllegalStateException("the registry at " + settings + " does not answer", failed);
    }
  }

  /** Reads the row a result stands at. */
  interface RowReader<T> {
    T of(ResultSet row) throws SQLException;
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
