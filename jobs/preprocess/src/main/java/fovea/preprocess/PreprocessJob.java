package fovea.preprocess;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import fovea.contract.settings.Setting;
import fovea.lake.Captures;
import fovea.lake.FundusImages;
import fovea.preprocess.fundus.PreprocessSettings;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Turns accepted retinal photographs of {@code captures} into rows of {@code fundus_images}:
 * normalised pixels, quality grade, version of the parameters.
 *
 * <p>Input: captures of kind fundus and status accepted that have no row yet for these parameters.
 * Output: one row each; a picture that cannot be read is a row with status failed and its reason.
 * Running it again adds nothing; running it with other parameters adds other rows.
 *
 * <p>Example: {@code fovea preprocess --size 512 --gain 2.5}
 */
public final class PreprocessJob implements Job {
  private static final int PARTITIONS_A_CORE = 3;

  @Override
  public String name() {
    return "preprocess";
  }

  @Override
  public String help() {
    return "Crop, normalise and grade retinal photographs";
  }

  @Override
  public List<Setting<?>> settings() {
    return PreprocessSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    long start = System.nanoTime();
    PreprocessSettings settings = PreprocessSettings.of(context.values());
    FundusImages images = FundusImages.in(context.lake());
    Dataset<Row> waiting =
        waiting(Captures.in(context.lake()).rows(), images.rows(), settings.parametersVersion());
    long total = waiting.count();
    LongAccumulator done = context.spark().sparkContext().longAccumulator("preprocessed");
    ProcessedRows rows = new ProcessedRows(settings, context.run().toString(), done);
    long added = 0;
    if (total > 0) {
      try (ProgressTicker ticker = new ProgressTicker(context.progress(), done::value, total)) {
        added = images.merge(processed(spread(waiting, context), rows));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return report(images.rows(), context.run().toString(), total, added, seconds, settings);
  }

  /** Accepted retinal photographs without a row for these parameters. */
  static Dataset<Row> waiting(Dataset<Row> captures, Dataset<Row> images, String version) {
    // Broadcast: the other joins would shuffle every original through the network.
    Dataset<Row> made =
        broadcast(images.where(col("parameters_version").equalTo(version)).select("image_id"));
    return captures
        .where(col("status").equalTo("accepted").and(col("kind").equalTo("fundus")))
        .join(made, captures.col("image_id").equalTo(made.col("image_id")), "left_anti");
  }

  /** Rows in, rows out: see {@link ProcessedRows}. */
  static Dataset<Row> processed(Dataset<Row> captures, ProcessedRows rows) {
    return captures
        .selectExpr(ProcessedRows.CAPTURE)
        .mapPartitions(rows, Encoders.row(ProcessedRows.SCHEMA));
  }

  // A few large files are few partitions, and a picture takes far longer to process than to move.
  private static Dataset<Row> spread(Dataset<Row> waiting, JobContext context) {
    int wanted = context.spark().sparkContext().defaultParallelism() * PARTITIONS_A_CORE;
    Dataset<Row> needed = waiting.selectExpr(ProcessedRows.CAPTURE);
    return needed.rdd().getNumPartitions() < wanted
        ? needed.repartition(wanted, col("image_id"))
        : needed;
  }

  // Counted in the table, where this run's rows now lie: the pictures are not processed twice.
  private static JobReport report(
      Dataset<Row> images,
      String run,
      long in,
      long added,
      double seconds,
      PreprocessSettings settings) {
    Map<String, Long> failed = new TreeMap<>();
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("parameters", settings.parametersVersion());
    if (added > 0) {
      images
          .where(col("run").equalTo(run))
          .groupBy("status", "reason_code", "quality_grade")
          .count()
          .collectAsList()
          .forEach(group -> tally(group, failed, notes));
    }
    return new JobReport("preprocess", in, added, failed, seconds, notes);
  }

  private static void tally(Row group, Map<String, Long> failed, Map<String, String> notes) {
    long count = group.getAs("count");
    if (group.getAs("status").equals("failed")) {
      failed.merge(group.getAs("reason_code"), count, Long::sum);
      return;
    }
    String grade = group.getAs("quality_grade");
    long before = Long.parseLong(notes.getOrDefault(grade, "0"));
    notes.put(grade, Long.toString(before + count));
  }
}
