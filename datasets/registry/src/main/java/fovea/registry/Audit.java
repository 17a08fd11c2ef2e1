package fovea.registry;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was done, by whom: ids only, never a name or a token. Rows are only ever added. */
public final class Audit {
  private final Handle handle;
  private final Actor actor;

  Audit(Handle handle, Actor actor) {
    this.handle = handle;
    this.actor = actor;
  }

  /**
   * One act, in the transaction of the act itself.
   *
   * @param row null where there were many
   */
  public void record(String operation, String table, @Nullable UUID row) {
    insert(operation, table, "success", row);
  }

  /**
   * What was asked for and not done.
   *
   * @param row as the caller named it, whether or not there is one
   */
  public void recordRefusal(String operation, String table, @Nullable UUID row) {
    insert(operation, table, "refused", row);
  }

  private void insert(String operation, String table, String status, @Nullable UUID row) {
    handle
        .createUpdate(
            """
            INSERT INTO audit_log
              (organization_id, user_id, operation, table_name, operation_status, details)
            VALUES (:organization, :user, :operation, :table, :status,
              jsonb_strip_nulls(jsonb_build_object('id', CAST(:row AS uuid))))
            """)
        .bind("organization", actor.organization())
        .bind("user", actor.user())
        .bind("operation", operation)
        .bind("table", table)
        .bind("status", status)
        .bind("row", row)
        .execute();
  }
}
