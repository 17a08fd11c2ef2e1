package fovea.registry;

import fovea.registry.SessionLeases.Ended;
import fovea.registry.SessionLeases.Lease;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Sessions that end without a model, each with its audit row. */
final class SessionEnds {
  private SessionEnds() {}

  static void end(Handle handle, Lease lease, String status, @Nullable String reason) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE sessions SET status = :status, failure_reason = :reason,
                  lease_holder = NULL, lease_until = NULL, updated_at = now()
                WHERE id = :session AND status = 'processing' AND lease_holder = :holder
                """)
            .bind("status", status)
            .bind("reason", reason)
            .bind("session", lease.session())
            .bind("holder", lease.holder())
            .execute();
    if (changed == 1) {
      audit(handle, status, lease.session());
    }
  }

  static List<Ended> settle(Handle handle, int mostTries) {
    List<Ended> ended =
        handle
            .createQuery(
                """
                UPDATE sessions SET
                  status = CASE WHEN cancel_requested_at IS NULL THEN 'failed' ELSE 'cancelled' END,
                  failure_reason = CASE WHEN cancel_requested_at IS NULL THEN
                    'Given up after ' || tries || ' tries. '
                      || coalesce(last_fault, 'Each was cut off without a word.') END,
                  lease_holder = NULL, lease_until = NULL, updated_at = now()
                WHERE status = 'processing' AND coalesce(lease_until, '-infinity') < now()
                  AND (tries >= :tries OR cancel_requested_at IS NOT NULL)
                RETURNING id, organization_id, status, failure_reason, tries
                """)
            .bind("tries", mostTries)
            .map(
                (row, context) ->
                    new Ended(
                        row.getObject("id", UUID.class),
                        row.getObject("organization_id", UUID.class),
                        row.getString("status"),
                        java.util.Objects.requireNonNullElse(row.getString("failure_reason"), ""),
                        row.getInt("tries")))
            .list();
    ended.forEach(end -> audit(handle, end.status(), end.session()));
    return ended;
  }

  private static void audit(Handle handle, String status, UUID session) {
    String operation = status.equals("failed") ? "fail_session" : "cancel_session";
    JobAudit.record(handle, operation, "sessions", session);
  }
}
