package fovea.registry;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What was done, by whom: ids only, never a name or a token. */
public final class Audit {
  private final Handle handle;
  private final Actor actor;

  Audit(Handle handle, Actor actor) {
    this.handle = handle;
    this.actor = actor;
  }

  /** One act, in the transaction of the act itself. */
  public void record(String operation, String table, UUID row) {
    handle
        .createUpdate(
            """
            INSERT INTO audit_log
              (organization_id, user_id, operation, table_name, operation_status, details)
            VALUES (:organization, :user, :operation, :table, 'success',
              jsonb_build_object('id', CAST(:row AS uuid)))
            """)
        .bind("organization", actor.organization())
        .bind("user", actor.user())
        .bind("operation", operation)
        .bind("table", table)
        .bind("row", row)
        .execute();
  }
}
