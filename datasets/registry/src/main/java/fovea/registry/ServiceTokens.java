package fovea.registry;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Tokens of programs: long-lived, revocable, in the role {@code ml_pipeline}. */
public final class ServiceTokens {
  private final Handle handle;
  private final Actor actor;
  private final Audit audit;

  ServiceTokens(Handle handle, Actor actor, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.audit = audit;
  }

  /** Makes one; it is shown this once. */
  public New create(String name) {
    String token = Secrets.token(Credentials.SERVICE);
    UUID id =
        handle
            .createQuery(
                """
                INSERT INTO service_tokens (organization_id, name, token_hash, created_by)
                VALUES (:organization, :name, :hash, :user) RETURNING id
                """)
            .bind("organization", actor.organization())
            .bind("name", name)
            .bind("hash", Secrets.hash(token))
            .bind("user", actor.user())
            .mapTo(UUID.class)
            .one();
    audit.record("create_service_token", "service_tokens", id);
    return new New(id, token);
  }

  /** Those that work, newest first. */
  public List<ServiceToken> all() {
    return handle
        .createQuery(
            """
            SELECT id, name, created_at FROM service_tokens WHERE revoked_at IS NULL
            ORDER BY created_at DESC, id
            """)
        .map(
            (row, context) ->
                new ServiceToken(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getTimestamp("created_at").toInstant()))
        .list();
  }

  /** From now on it opens nothing. */
  public void revoke(UUID id) {
    int revoked =
        handle.execute(
            "UPDATE service_tokens SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL", id);
    if (revoked == 0) {
      throw Mistakes.unknown("service token");
    }
    audit.record("revoke_service_token", "service_tokens", id);
  }

  /** One that works. */
  public record ServiceToken(UUID id, String name, Instant createdAt) {}

  /** A fresh one. */
  public record New(UUID id, String token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "service token " + id;
    }
  }
}
