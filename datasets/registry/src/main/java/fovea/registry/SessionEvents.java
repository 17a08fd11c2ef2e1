package fovea.registry;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The steps of one organisation's sessions, in an order that no later commit changes. */
public final class SessionEvents {
  private final Handle handle;

  SessionEvents(Handle handle) {
    this.handle = handle;
  }

  /** The place after everything that is complete by now. */
  public Cursor now() {
    return new Cursor(
        handle
            .createQuery("SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text)")
            .mapTo(Long.class)
            .one(),
        0);
  }

  /**
   * What came after a place, oldest first.
   *
   * @param session only of this one; null for all
   */
  public List<Event> after(Cursor place, @Nullable UUID session, int most) {
    return handle
        .createQuery(
            """
            SELECT CAST(written_by AS text) AS written_by, id, session_id, status, stage, percent,
              failure_reason, created_at
            FROM session_events
            WHERE (written_by, id) > (CAST(:transaction AS xid8), :number)
              AND written_by < pg_snapshot_xmin(pg_current_snapshot())
              AND (CAST(:session AS uuid) IS NULL OR session_id = CAST(:session AS uuid))
            ORDER BY written_by, id LIMIT :most
            """)
        .bind("transaction", Long.toString(place.transaction()))
        .bind("number", place.number())
        .bind("session", session == null ? null : session.toString())
        .bind("most", most)
        .map(
            (row, context) ->
                new Event(
                    new Cursor(row.getLong("written_by"), row.getLong("id")),
                    row.getObject("session_id", UUID.class),
                    row.getString("status"),
                    row.getString("stage"),
                    row.getInt("percent"),
                    row.getString("failure_reason"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** A step of a session. */
  public record Event(
      Cursor place,
      UUID session,
      String status,
      @Nullable String stage,
      int percent,
      @Nullable String failureReason,
      Instant at) {}

  /** A place in the order of events; as text {@code 7421.88}. */
  public record Cursor(long transaction, long number) implements Comparable<Cursor> {
    /** Before every event. */
    public static final Cursor BEGINNING = new Cursor(0, 0);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");

    /** The place of a text; empty where it is none. */
    public static Optional<Cursor> parse(String text) {
      Matcher parts = TEXT.matcher(text);
      return parts.matches()
          ? Optional.of(new Cursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
          : Optional.empty();
    }

    @Override
    public int compareTo(Cursor other) {
      int order = Long.compare(transaction, other.transaction);
      return order != 0 ? order : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
      return transaction + "." + number;
    }
  }
}
