package fovea.pipeline.bench;

import fovea.objects.ObjectStoreSettings;
import fovea.runtime.SparkSessions;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Spark's plain {@code binaryFile} into a Delta table: what ingest is measured beside. */
final class BinaryFileToDelta {
  private BinaryFileToDelta() {}

  /** Arguments: the folder of objects to read, the table to write, both keys in the bucket. */
  public static void main(String[] arguments) {
    Map<String, String> variables = System.getenv();
    ObjectStoreSettings objects = ObjectStoreSettings.from(variables);
    String bucket = "s3a://" + objects.bucket() + "/";
    SparkSession spark = SparkSessions.open("binaryFile", "local[*]", objects);
    spark
        .read()
        .format("binaryFile")
        .load(bucket + arguments[0])
        .write()
        .format("delta")
        .save(bucket + arguments[1]);
    spark.stop();
  }
}
