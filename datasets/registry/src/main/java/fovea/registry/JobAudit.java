package fovea.registry;

import fovea.contract.model.ModelState;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Audit rows of jobs: their user is the zero UUID. */
final class JobAudit {
  static final UUID NOBODY = new UUID(0, 0);

  private JobAudit() {}

  static void record(Handle handle, String operation, String table, UUID id) {
    handle
        .createUpdate(
            """
            INSERT INTO audit_log
              (organization_id, user_id, operation, table_name, operation_status, details)
            SELECT organization_id, :user, :operation, :table, 'success',
              jsonb_build_object('id', id)
            FROM %s WHERE id = :id
            """
                .formatted(table))
        .bind("user", NOBODY)
        .bind("operation", operation)
        .bind("table", table)
        .bind("id", id)
        .execute();
  }

  /** Of a trained network, which belongs to no organisation. */
  static void recordModel(Handle handle, UUID run, ModelState state, String by) {
    handle
        .createUpdate(
            """
            INSERT INTO audit_log (user_id, operation, table_name, operation_status, details)
            VALUES (:user, 'move_model', 'model_training_logs', 'success',
              jsonb_build_object('id', CAST(:run AS uuid), 'state', CAST(:state AS text),
                'by', CAST(:by AS text)))
            """)
        .bind("user", NOBODY)
        .bind("run", run)
        .bind("state", state.word())
        .bind("by", by)
        .execute();
  }
}
