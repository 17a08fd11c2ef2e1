package fovea.lake;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Session settings that hold until closed; what was there before comes back. */
final class ScopedSettings implements AutoCloseable {
  private final RuntimeConfig settings;
  private final Map<String, Option<String>> before = new HashMap<>();

  ScopedSettings(SparkSession spark, Map<String, String> wanted) {
    settings = spark.conf();
    wanted.forEach(
        (name, value) -> {
          before.put(name, explicit(spark, name));
          settings.set(name, value);
        });
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            settings.unset(name);
          } else {
            settings.set(name, value.get());
          }
        });
  }

  // Only what was set: RuntimeConfig.get also answers with Spark's own defaults.
  private static Option<String> explicit(SparkSession spark, String name) {
    return spark.conf().getAll().get(name);
  }
}
