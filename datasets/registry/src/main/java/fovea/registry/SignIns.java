package fovea.registry;

import fovea.registry.Credentials.Refreshed;
import fovea.registry.Credentials.Standing;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Who is signed in, since when and with what; of the actor's organisation. */
public final class SignIns {
  private static final String OPEN = "ended_at IS NULL AND ends_at > now()";

  private final Handle handle;
  private final Actor actor;
  private final Audit audit;

  SignIns(Handle handle, Actor actor, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.audit = audit;
  }

  /**
   * Begins one.
   *
   * @param agent what the caller's program calls itself
   */
  public Refreshed begin(Duration longest, Proof proof, @Nullable String agent) {
    UUID id =
        handle
            .createQuery(
                """
                INSERT INTO sign_ins (organization_id, user_id, second_factor, agent, ends_at)
                VALUES (:organization, :user, :second, left(:agent, 200),
                  now() + make_interval(secs => :seconds))
                RETURNING id
                """)
            .bind("organization", actor.organization())
            .bind("user", actor.user())
            .bind("second", proof == Proof.SECOND_FACTOR)
            .bind("agent", agent)
            .bind("seconds", (double) longest.toSeconds())
            .mapTo(UUID.class)
            .one();
    audit.record("sign_in", "users", actor.user());
    return next(handle, actor, id);
  }

  /** The actor's own that still hold, newest first. */
  public List<SignIn> own() {
    return handle
        .createQuery(
            """
            SELECT id, agent, second_factor, made_at, refreshed_at, ends_at FROM sign_ins
            WHERE user_id = :user AND %s ORDER BY made_at DESC, id LIMIT 100
            """
                .formatted(OPEN))
        .bind("user", actor.user())
        .map(
            (row, context) ->
                new SignIn(
                    row.getObject("id", UUID.class),
                    row.getString("agent"),
                    row.getBoolean("second_factor"),
                    row.getTimestamp("made_at").toInstant(),
                    row.getTimestamp("refreshed_at").toInstant(),
                    row.getTimestamp("ends_at").toInstant()))
        .list();
  }

  /** Ends one of the actor's own. */
  public void end(UUID id, End reason) {
    int ended =
        handle.execute(
            "UPDATE sign_ins SET ended_at = now(), end_reason = ? WHERE id = ? AND user_id = ? AND "
                + OPEN,
            reason.word(),
            id,
            actor.user());
    if (ended == 0) {
      throw Mistakes.unknown("sign-in");
    }
    audit.record("end_sign_in", "sign_ins", id);
  }

  /**
   * Ends all of a user.
   *
   * @param but the one to leave, or null
   */
  void endAll(UUID user, End reason, @Nullable UUID but) {
    handle
        .createUpdate(
            "UPDATE sign_ins SET ended_at = now(), end_reason = :reason WHERE user_id = :user"
                + " AND id IS DISTINCT FROM CAST(:but AS uuid) AND "
                + OPEN)
        .bind("reason", reason.word())
        .bind("user", user)
        .bind("but", but)
        .execute();
  }

  /** The actor has just shown a second factor. */
  void raise(UUID id) {
    handle.execute(
        "UPDATE sign_ins SET second_factor = true WHERE id = ? AND user_id = ?", id, actor.user());
  }

  // Both statements go out together, outside a transaction block: Postgres runs what lies between
  // two synchronisations of the protocol as one transaction, which is as long as the setting holds.
  static Optional<Standing> standing(Handle handle, Actor claimed, UUID signIn) {
    try (PreparedStatement query =
        handle
            .getConnection()
            .prepareStatement(
                """
                SELECT set_config('fovea.organization', ?, true);
                SELECT u.id, u.organization_id, u.role, s.second_factor, u.of_platform
                FROM sign_ins s JOIN users u ON u.id = s.user_id
                WHERE s.id = ? AND s.user_id = ? AND s.ended_at IS NULL AND s.ends_at > now()
                  AND u.disabled_at IS NULL AND u.deleted_at IS NULL
                """)) {
      query.setString(1, claimed.organization().toString());
      query.setObject(2, signIn);
      query.setObject(3, claimed.user());
      query.execute();
      query.getMoreResults();
      try (ResultSet row = query.getResultSet()) {
        return row.next()
            ? Optional.of(
                new Standing(
                    Users.actor(row),
                    row.getBoolean("second_factor"),
                    row.getBoolean("of_platform")))
            : Optional.empty();
      }
    } catch (SQLException failed) {
      throw new UnableToExecuteStatementException(failed, null);
    }
  }

  static Optional<Refreshed> refresh(Handle handle, String token) {
    Optional<UUID> taken =
        handle
            .createQuery(
                """
                UPDATE refresh_tokens SET used_at = now() WHERE token_hash = :hash
                  AND used_at IS NULL RETURNING sign_in_id
                """)
            .bind("hash", Secrets.hash(token))
            .mapTo(UUID.class)
            .findOne();
    if (taken.isEmpty()) {
      endReused(handle, token);
      return Optional.empty();
    }
    return handle
        .createQuery(
            """
            UPDATE sign_ins s SET refreshed_at = now() FROM users u
            WHERE s.id = :id AND u.id = s.user_id AND s.ended_at IS NULL AND s.ends_at > now()
              AND u.disabled_at IS NULL AND u.deleted_at IS NULL
            RETURNING u.id, u.organization_id, u.role
            """)
        .bind("id", taken.get())
        .map((row, context) -> Users.actor(row))
        .findOne()
        .map(user -> next(handle, user, taken.get()));
  }

  private static void endReused(Handle handle, String token) {
    handle
        .createQuery(
            """
            UPDATE sign_ins s SET ended_at = now(), end_reason = 'token_reused'
            FROM refresh_tokens t JOIN users u ON u.organization_id = t.organization_id
            WHERE t.token_hash = :hash AND s.id = t.sign_in_id AND u.id = s.user_id
              AND s.ended_at IS NULL
            RETURNING u.id, u.organization_id, u.role
            """)
        .bind("hash", Secrets.hash(token))
        .map((row, context) -> Users.actor(row))
        .findOne()
        .ifPresent(
            user -> new Audit(handle, user).record("refresh_token_reused", "users", user.user()));
  }

  private static Refreshed next(Handle handle, Actor user, UUID signIn) {
    String token = Secrets.token(Credentials.REFRESH);
    handle.execute(
        "INSERT INTO refresh_tokens (token_hash, organization_id, sign_in_id) VALUES (?, ?, ?)",
        Secrets.hash(token),
        user.organization(),
        signIn);
    Instant ends =
        handle
            .select("SELECT ends_at FROM sign_ins WHERE id = ?", signIn)
            .map((row, context) -> row.getTimestamp("ends_at").toInstant())
            .one();
    return new Refreshed(user, signIn, token, ends);
  }

  /** What was shown at sign-in. */
  public enum Proof {
    /** The password. */
    PASSWORD,
    /** The password and a second factor. */
    SECOND_FACTOR
  }

  /** Why a sign-in ended. */
  public enum End {
    /** By itself. */
    SIGNED_OUT,
    /** From another sign-in of the same user. */
    ENDED,
    /** The user's password was changed. */
    PASSWORD,
    /** The user was disabled, deleted, or has another role. */
    USER;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One sign-in. */
  public record SignIn(
      UUID id,
      @Nullable String agent,
      boolean secondFactor,
      Instant madeAt,
      Instant refreshedAt,
      Instant endsAt) {}
}
