package fovea.registry;

import fovea.registry.JobRegistry.UploadOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes what ingest found; an outcome once written stands. */
final class Outcomes {
  private static final List<String> TABLES = List.of("fundus_images", "session_files");

  private Outcomes() {}

  static void record(Handle handle, List<UploadOutcome> outcomes) {
    for (UploadOutcome outcome : outcomes) {
      if (!TABLES.contains(outcome.table())) {
        throw new IllegalArgumentException("no table of uploads: " + outcome.table());
      }
    }
    for (String table : TABLES) {
      // In one order everywhere, so that two writers cannot wait for each other.
      List<UploadOutcome> ofTable =
          outcomes.stream()
              .filter(outcome -> outcome.table().equals(table))
              .sorted(Comparator.comparing(UploadOutcome::id))
              .toList();
      if (!ofTable.isEmpty()) {
        update(handle, table, ofTable);
      }
    }
  }

  private static void update(Handle handle, String table, List<UploadOutcome> outcomes) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            UPDATE %s SET status = :status, reason_code = nullif(:code, ''),
              reason = nullif(:reason, ''), sha256 = nullif(:sha256, ''),
              duplicate_of = CAST(nullif(:duplicateOf, '') AS uuid)
            WHERE id = :id AND status IN ('requested', 'uploaded')
            """
                .formatted(table));
    for (UploadOutcome outcome : outcomes) {
      batch
          .bind("status", outcome.status())
          .bind("code", outcome.reasonCode())
          .bind("reason", outcome.reason())
          .bind("sha256", outcome.sha256())
          .bind("duplicateOf", outcome.duplicateOf().map(UUID::toString).orElse(""))
          .bind("id", outcome.id())
          .add();
    }
    batch.execute();
  }
}
