package fovea.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Whom one organisation wants told, and what became of telling. */
public final class Webhooks {
  private final Handle handle;
  private final Actor actor;
  private final NameCipher cipher;
  private final Audit audit;

  Webhooks(Handle handle, Actor actor, NameCipher cipher, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.cipher = cipher;
    this.audit = audit;
  }

  /** Adds one; the secret is stored encrypted. */
  public UUID create(String url, String secret, List<String> events) {
    UUID id = UUID.randomUUID();
    handle
        .createUpdate(
            """
            INSERT INTO webhooks (id, organization_id, url, secret, events, created_by)
            VALUES (:id, :organization, :url, :secret, string_to_array(:events, ','), :user)
            """)
        .bind("id", id)
        .bind("organization", actor.organization())
        .bind("url", url)
        .bind("secret", cipher.encrypt(secret, id))
        .bind("events", String.join(",", events))
        .bind("user", actor.user())
        .execute();
    audit.record("create_webhook", "webhooks", id);
    return id;
  }

  /** Every one, oldest first, without its secret. */
  public List<Webhook> all() {
    return handle
        .createQuery(
            """
            SELECT id, url, array_to_string(events, ',') AS events, created_at FROM webhooks
            ORDER BY created_at, id
            """)
        .map(
            (row, context) ->
                new Webhook(
                    row.getObject("id", UUID.class),
                    row.getString("url"),
                    List.of(row.getString("events").split(",", -1)),
                    row.getObject("created_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** Takes one away, and what waits for it. */
  public void delete(UUID id) {
    if (handle.execute("DELETE FROM webhooks WHERE id = ?", id) == 0) {
      throw Mistakes.unknown("webhook");
    }
    audit.record("delete_webhook", "webhooks", id);
  }

  /** What was to be told to one, newest first. */
  public List<Delivery> deliveries(UUID webhook, int most) {
    if (handle
        .select("SELECT 1 FROM webhooks WHERE id = ?", webhook)
        .mapTo(int.class)
        .list()
        .isEmpty()) {
      throw Mistakes.unknown("webhook");
    }
    return handle
        .createQuery(DELIVERIES + " WHERE d.webhook_id = :id ORDER BY happened_at DESC LIMIT :most")
        .bind("id", webhook)
        .bind("most", most)
        .map((row, context) -> delivery(row))
        .list();
  }

  /** One that was claimed; empty where its webhook or session is gone. */
  public Optional<Delivery> delivery(UUID id) {
    return handle
        .createQuery(DELIVERIES + " WHERE d.id = :id")
        .bind("id", id)
        .map((row, context) -> delivery(row))
        .findOne();
  }

  /** Has one that was given up told again. */
  public void retry(UUID delivery) {
    int changed =
        handle.execute(
            "UPDATE webhook_deliveries SET state = 'waiting', next_try_at = now()"
                + " WHERE id = ? AND state = 'dead'",
            delivery);
    if (changed == 0) {
      throw Mistakes.unknown("dead delivery");
    }
    audit.record("retry_delivery", "webhook_deliveries", delivery);
  }

  /** Says that it arrived. */
  public void delivered(UUID id, String outcome) {
    close(id, "delivered", outcome);
  }

  /** Says that it never will. */
  public void dead(UUID id, String outcome) {
    close(id, "dead", outcome);
  }

  /** Says when to try again. */
  public void later(UUID id, Duration wait, String outcome) {
    handle.execute(
        "UPDATE webhook_deliveries SET next_try_at = now() + CAST(? AS interval), outcome = ?"
            + " WHERE id = ?",
        wait.toMillis() + " milliseconds",
        outcome,
        id);
  }

  private void close(UUID id, String state, String outcome) {
    handle.execute(
        "UPDATE webhook_deliveries SET state = ?, outcome = ? WHERE id = ?", state, outcome, id);
  }

  private static final String DELIVERIES =
      """
      SELECT d.id, d.webhook_id, w.url, w.secret, d.event, d.session_id,
        d.failure_reason, d.happened_at, d.state, d.tries, d.outcome
      FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
      """;

  private Delivery delivery(ResultSet row) throws SQLException {
    UUID webhook = row.getObject("webhook_id", UUID.class);
    return new Delivery(
        row.getObject("id", UUID.class),
        row.getString("url"),
        cipher.decrypt(row.getBytes("secret"), webhook),
        row.getString("event"),
        row.getObject("session_id", UUID.class),
        row.getString("failure_reason"),
        row.getObject("happened_at", OffsetDateTime.class).toInstant(),
        row.getString("state"),
        row.getInt("tries"),
        row.getString("outcome"));
  }

  /** Somebody to be told. */
  public record Webhook(UUID id, String url, List<String> events, Instant createdAt) {}

  /** A delivery that is due. */
  public record Due(UUID id, UUID organization) {}

  /**
   * Something to be told.
   *
   * @param state waiting, delivered or dead
   * @param outcome of the last try
   */
  public record Delivery(
      UUID id,
      String url,
      String secret,
      String event,
      UUID session,
      @Nullable String failureReason,
      Instant happenedAt,
      String state,
      int tries,
      @Nullable String outcome) {

    /** Without the secret. */
    @Override
    public String toString() {
      return event + " " + id;
    }
  }
}
