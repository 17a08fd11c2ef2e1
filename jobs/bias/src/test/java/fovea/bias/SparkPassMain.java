package fovea.bias;

import static org.apache.spark.sql.functions.col;

import fovea.bias.inference.Cohort;
import fovea.bias.metrics.Crossing;
import fovea.bias.metrics.GroupCounts;
import fovea.runtime.SparkSessions;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What Spark's part of a report over predictions costs: counts by group, pairs of groups, and
 * patterns of patients, of patients with two eyes by sex, age band and camera. Arguments: rows (a
 * million), the folder of the table, which is made where it is not there. Processor time is of the
 * whole process after the table is there.
 */
final class SparkPassMain {
  private static final List<String> ATTRIBUTES = List.of("sex", "age_band", "camera");

  private SparkPassMain() {}

  public static void main(String[] arguments) {
    long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    String folder = arguments.length > 1 ? arguments[1] : "/tmp/spark-pass-" + rows;
    SparkSession spark = SparkSessions.local();
    if (!java.nio.file.Files.isDirectory(java.nio.file.Path.of(folder))) {
      made(spark, rows).write().parquet(folder);
    }
    Dataset<Row> table = spark.read().parquet(folder);
    List<Crossing> pairs = Crossing.pairs(ATTRIBUTES);
    List<String> attributes =
        Stream.concat(ATTRIBUTES.stream(), pairs.stream().map(Crossing::attribute)).toList();
    Dataset<Row> crossed = Aggregation.crossed(table, pairs);
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    Clock counting = new Clock();
    Map<String, Map<String, GroupCounts>> counts = Aggregation.outcomes(crossed, attributes);
    counting.print(rows + " rows, groups and pairs counted");
    Clock patterns = new Clock();
    Map<String, Cohort> cohorts = Aggregation.cohorts(crossed, counts, List.of());
    patterns.print(
        cohorts.values().stream().mapToInt(Cohort::size).sum() + " patterns of patients");
    spark.stop();
  }

  private static Dataset<Row> made(SparkSession spark, long rows) {
    return spark
        .range(0, rows, 1, 8)
        .selectExpr(
            "uuid() AS image_id",
            "concat('patient-', id div 2) AS patient_id",
            "cast(rand(1) < 0.3 AS int) AS true_label",
            "element_at(array('female', 'male', 'unknown'), 1 + cast(pmod(hash(id div 2), 3) AS"
                + " int)) AS sex",
            "concat(10 * (2 + pmod(hash(id div 2, 7), 7)), '-') AS age_band",
            "concat('camera ', pmod(hash(id, 3), 10)) AS camera",
            "rand(2) AS noise")
        .withColumn("score", col("noise").multiply(0.7).plus(col("true_label").multiply(0.3)))
        .withColumn("prediction", col("score").geq(0.5).cast("int"))
        .drop("noise");
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(p -> p.getType() == MemoryType.HEAP)
        .toList();
  }

  private static final class Clock {
    private final com.sun.management.OperatingSystemMXBean system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long cpu = system.getProcessCpuTime();
    private final long wall = System.nanoTime();

    void print(String what) {
      System.out.printf(
          "%s: CPU %.1f s, wall %.1f s, peak heap %d MB%n",
          what,
          (system.getProcessCpuTime() - cpu) / 1e9,
          (System.nanoTime() - wall) / 1e9,
          heap().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() >> 20);
    }
  }
}
