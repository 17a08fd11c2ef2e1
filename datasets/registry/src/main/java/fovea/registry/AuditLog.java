package fovea.registry;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The audit log of one organisation, and what looked like an attack on it, for its administrators.
 */
public final class AuditLog {
  private final Handle handle;

  AuditLog(Handle handle) {
    this.handle = handle;
  }

  /**
   * Records, newest first.
   *
   * @param row only those about it; null for all
   * @param before only those of smaller number; null for the newest
   */
  public List<Entry> page(@Nullable UUID row, @Nullable Long before, int most) {
    return handle
        .createQuery(
            """
            SELECT id, user_id, operation, table_name, operation_status, details->>'id' AS row,
              created_at
            FROM audit_log
            WHERE (CAST(:row AS text) IS NULL OR details->>'id' = :row)
              AND (CAST(:before AS bigint) IS NULL OR id < :before)
            ORDER BY id DESC LIMIT :most
            """)
        .bind("row", row == null ? null : row.toString())
        .bind("before", before)
        .bind("most", most)
        .map(
            (found, context) ->
                new Entry(
                    found.getLong("id"),
                    found.getObject("user_id", UUID.class),
                    found.getString("operation"),
                    found.getString("table_name"),
                    found.getString("operation_status"),
                    found.getString("row"),
                    found.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** What looked like an attack, newest first. */
  public List<SecurityEvent> securityEvents(int most) {
    return handle
        .createQuery(
            """
            SELECT id, user_id, kind, host(address) AS address, signs, created_at
            FROM security_events ORDER BY id DESC LIMIT :most
            """)
        .bind("most", most)
        .map(
            (found, context) ->
                new SecurityEvent(
                    found.getLong("id"),
                    found.getObject("user_id", UUID.class),
                    found.getString("kind"),
                    found.getString("address"),
                    found.getInt("signs"),
                    found.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /**
   * A record.
   *
   * @param row id of what it is about
   */
  public record Entry(
      long number,
      UUID user,
      String operation,
      String table,
      String status,
      @Nullable String row,
      Instant at) {}

  /** A finding: so many signs from one caller. */
  public record SecurityEvent(
      long number, @Nullable UUID user, String kind, String address, int signs, Instant at) {}
}
