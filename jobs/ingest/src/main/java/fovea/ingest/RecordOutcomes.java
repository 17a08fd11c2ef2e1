package fovea.ingest;

import fovea.registry.JobRegistry;
import fovea.registry.JobRegistry.UploadOutcome;
import fovea.registry.RegistrySettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/**
 * Tells the registry what captures says. Only ever after the commit, and from the table alone, so
 * that a run that died between the two is finished by the next one.
 */
final class RecordOutcomes implements ForeachPartitionFunction<Row> {
  private static final long serialVersionUID = 1L;
  private static final int BATCH = 500;
  private static final int CONNECTIONS = 2;

  private final RegistrySettings registry;
  private final LongAccumulator recorded;

  private RecordOutcomes(RegistrySettings registry, LongAccumulator recorded) {
    this.registry = registry;
    this.recorded = recorded;
  }

  /**
   * Records the outcome of every pending upload that has its row.
   *
   * @param pending one row an upload
   * @param captures all rows of captures
   * @return how many were recorded
   */
  static long of(Dataset<Row> pending, Dataset<Row> captures, RegistrySettings registry) {
    LongAccumulator recorded = pending.sparkSession().sparkContext().longAccumulator("outcomes");
    captures
        .select("image_id", "kind", "status", "reason_code", "reason", "sha256", "duplicate_of")
        .join(pending.select("image_id"), "image_id")
        .repartition(CONNECTIONS)
        .foreachPartition(new RecordOutcomes(registry, recorded));
    return recorded.value();
  }

  @Override
  public void call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return;
    }
    try (JobRegistry open = JobRegistry.open(registry)) {
      List<UploadOutcome> batch = new ArrayList<>();
      while (rows.hasNext()) {
        batch.add(outcome(rows.next()));
        if (batch.size() == BATCH || !rows.hasNext()) {
          open.recordOutcomes(batch);
          recorded.add(batch.size());
          batch.clear();
        }
      }
    }
  }

  private static UploadOutcome outcome(Row row) {
    return new UploadOutcome(
        row.<String>getAs("kind").equals("fundus") ? "fundus_images" : "session_files",
        UUID.fromString(row.getAs("image_id")),
        row.getAs("status"),
        text(row, "reason_code"),
        text(row, "reason"),
        text(row, "sha256"),
        Optional.ofNullable(row.<String>getAs("duplicate_of")).map(UUID::fromString));
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNullElse(row.<String>getAs(column), "");
  }
}
