package fovea.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import fovea.contract.settings.Setting;
import fovea.runtime.Job;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.NativeHashes;
import fovea.runtime.Timer;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Objects and registry to captures: every acknowledged upload becomes one row, accepted,
 * quarantined or duplicate, and its outcome goes back to the registry. An archive is expanded into
 * uploads of their own, which a later batch takes. Refractive measurements are copied along.
 *
 * <p>Uploads are taken in batches in the order of their arrival. Each batch is one commit; the
 * registry learns of it only afterwards, from the table. A run that dies at any point is finished
 * by the next one, and a run after nothing new adds nothing. A store that does not answer fails the
 * run; a bad file never does.
 *
 * <p>With {@code --follow} a run goes on taking what comes until it is told to stop.
 */
public final class IngestJob implements Job {
  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String help() {
    return "takes acknowledged uploads into the captures table, each with its outcome";
  }

  @Override
  public List<Setting<?>> settings() {
    return IngestSettings.ALL;
  }

  @Override
  public JobReport run(JobContext context) {
    Timer timer = Timer.start();
    NativeHashes.use();
    IngestSettings settings = IngestSettings.of(context.values());
    IngestRound round = new IngestRound(context, settings);
    try (Follow follow = Follow.every(settings.follow(), context.progress())) {
      follow.rounds(() -> round.take(follow::isStopped));
    }
    return IngestReport.of(context, timer, round.totals());
  }

  /**
   * Rows of captures, from what was found in a batch.
   *
   * @param found as {@link InspectUploads} gives it
   * @param duplicates those of the batch
   */
  static Dataset<Row> rows(Dataset<Row> found, Duplicates duplicates, String run, Instant now) {
    return duplicates
        .mark(found)
        .withColumn("uploaded_day", to_date(col("uploaded_at")))
        .withColumn("ingested_at", lit(Timestamp.from(now)))
        .withColumn("run", lit(run));
  }
}
