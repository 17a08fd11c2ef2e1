package fovea.runtime;

import fovea.lake.ConditionalLogStore;
import fovea.objects.ObjectStoreSettings;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark sessions with Delta and, where asked, s3a. */
public final class SparkSessions {
  private static final String SIMPLE_CREDENTIALS =
      "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final List<String> CHECKSUM_PROPERTIES =
      List.of("aws.requestChecksumCalculation", "aws.responseChecksumValidation");

  private SparkSessions() {}

  /**
   * A session on a master.
   *
   * @param master {@code local[*]}, {@code spark://host:7077}, {@code k8s://...}; what {@code
   *     spark-submit} was given wins over it
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
    return open("test", "local[2]", ObjectStoreSettings.local(Path.of(".")));
  }

  private static SparkConf withDelta(SparkConf conf) {
    return conf.set("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
        .set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
        .set("spark.sql.session.timeZone", "UTC")
        // A missing or broken data file is an error, never fewer rows.
        .set("spark.sql.files.ignoreMissingFiles", "false")
        .set("spark.sql.files.ignoreCorruptFiles", "false")
        // Delta's own default for s3a is safe for the drivers of one JVM only.
        .setIfMissing("spark.delta.logStore.s3a.impl", ConditionalLogStore.class.getName())
        .set("spark.ui.enabled", "false")
        .set("spark.ui.showConsoleProgress", "false")
        // No table lies there; without it Spark leaves a folder wherever it is started.
        .setIfMissing("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"));
  }

  // Spark's defaults are for clusters: without these a MERGE of 200 rows takes a minute.
  private static void smallMachine(SparkConf conf) {
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    conf.setIfMissing("spark.sql.shuffle.partitions", cores)
        .setIfMissing("spark.databricks.delta.snapshotPartitions", "2")
        .setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
        .setIfMissing("spark.executor.heartbeatInterval", "3s") // carries the progress line
        // What is moved in bulk are pictures, which are compressed already, and to the same disk.
        .setIfMissing("spark.shuffle.compress", "false")
        .setIfMissing("spark.driver.host", "127.0.0.1")
        .setIfMissing("spark.driver.bindAddress", "127.0.0.1");
  }

  static void withS3(SparkConf conf, ObjectStoreSettings objects) {
    String s3a = "spark.hadoop.fs.s3a.";
    if (!objects.endpoint().isEmpty()) {
      conf.set(s3a + "endpoint", objects.endpoint());
    }
    conf.set(s3a + "endpoint.region", objects.region())
        .set(s3a + "path.style.access", Boolean.toString(objects.pathStyle()))
        .set(s3a + "connection.ssl.enabled", Boolean.toString(!isPlain(objects.endpoint())))
        .set(s3a + "create.conditional.enabled", "true")
        .set(s3a + "change.detection.mode", "none");
    if (!objects.accessKey().isEmpty()) {
      // Named, so that a session token in the environment is not mixed with these keys.
      conf.set(s3a + "aws.credentials.provider", SIMPLE_CREDENTIALS)
          .set(s3a + "access.key", objects.accessKey())
          .set(s3a + "secret.key", objects.secretKey());
    }
    checksumsOnlyWhereRequired(conf);
  }

  // hadoop-aws 3.4.2 has no setting of its own for the SDK's newer checksums, which R2, s3proxy and
  // older MinIO refuse; the SDK reads these from the JVM, here and on every executor.
  private static void checksumsOnlyWhereRequired(SparkConf conf) {
    StringBuilder options = new StringBuilder(conf.get(EXECUTOR_OPTIONS, ""));
    for (String property : CHECKSUM_PROPERTIES) {
      System.setProperty(property, "when_required");
      options.append(" -D").append(property).append("=when_required");
    }
    conf.set(EXECUTOR_OPTIONS, options.toString().strip());
  }

  private static boolean isPlain(String endpoint) {
    return endpoint.startsWith("http:");
  }
}
