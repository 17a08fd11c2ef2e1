package fovea.runtime;

import fovea.objects.ObjectStoreSettings;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark sessions with Delta and, where asked, s3a. */
public final class SparkSessions {
  private SparkSessions() {}

  /**
   * A session on a master.
   *
   * @param master {@code local[*]}, {@code spark://host:7077}, {@code k8s://...}
   */
  public static SparkSession open(String application, String master, ObjectStoreSettings objects) {
    SparkConf conf = withDelta(new SparkConf()).setAppName(application);
    if (!conf.contains("spark.master")) {
      conf.setMaster(master);
    }
    if (conf.get("spark.master").startsWith("local")) {
      smallMachine(conf);
    }
    if (objects.kind().equals("s3")) {
      withS3(conf, objects);
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** A local session over local folders, for tests. */
  public static SparkSession local() {
    return open("test", "local[2]", ObjectStoreSettings.local(java.nio.file.Path.of(".")));
  }

  private static SparkConf withDelta(SparkConf conf) {
    return conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .set("spark.sql.session.timeZone", "UTC")
        .set("spark.ui.enabled", "false")
        .set("spark.ui.showConsoleProgress", "false");
  }

  // Spark's defaults are for clusters: without these a MERGE of 200 rows takes a minute.
  private static void smallMachine(SparkConf conf) {
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    conf.setIfMissing("spark.sql.shuffle.partitions", cores)
        .setIfMissing("spark.databricks.delta.snapshotPartitions", "2")
        .setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
        .setIfMissing("spark.driver.host", "127.0.0.1")
        .setIfMissing("spark.driver.bindAddress", "127.0.0.1");
  }

  private static void withS3(SparkConf conf, ObjectStoreSettings objects) {
    String s3a = "spark.hadoop.fs.s3a.";
    if (!objects.endpoint().isEmpty()) {
      conf.set(s3a + "endpoint", objects.endpoint());
    }
    conf.set(s3a + "endpoint.region", objects.region())
        .set(s3a + "path.style.access", Boolean.toString(objects.pathStyle()))
        .set(s3a + "connection.ssl.enabled", Boolean.toString(!isPlain(objects.endpoint())))
        .set(s3a + "change.detection.mode", "none");
    if (!objects.accessKey().isEmpty()) {
      conf.set(s3a + "access.key", objects.accessKey())
          .set(s3a + "secret.key", objects.secretKey());
    }
  }

  private static boolean isPlain(String endpoint) {
    return endpoint.startsWith("http:");
  }
}
