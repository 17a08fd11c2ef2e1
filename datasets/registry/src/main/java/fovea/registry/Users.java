package fovea.registry;

import fovea.contract.errors.CallerMistake;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The people of the actor's organisation. */
public final class Users {
  private static final String COLUMNS =
      "id, organization_id, email, name, role, issuer, of_platform, disabled_at, created_at";

  private final Handle handle;
  private final Actor actor;
  private final Audit audit;

  Users(Handle handle, Actor actor, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.audit = audit;
  }

  /** Everybody who was not deleted, in the order of their making. */
  public List<User> all() {
    return handle
        .createQuery(
            "SELECT " + COLUMNS + " FROM users WHERE deleted_at IS NULL ORDER BY created_at, id")
        .map((row, context) -> user(row))
        .list();
  }

  /** One of them. */
  public User find(UUID id) {
    return handle
        .createQuery(
            "SELECT " + COLUMNS + " FROM users WHERE id = :id AND deleted_at IS NULL FOR UPDATE")
        .bind("id", id)
        .map((row, context) -> user(row))
        .findOne()
        .orElseThrow(() -> Mistakes.unknown("user"));
  }

  /**
   * Makes one who signs in with a password.
   *
   * @throws CallerMistake {@code name-taken} where the organisation has another of this email
   */
  public UUID create(String email, String name, Role role, String passwordHash) {
    Optional<UUID> id =
        handle
            .createQuery(
                """
                INSERT INTO users (organization_id, email, name, role, password_hash)
                VALUES (:organization, :email, :name, :role, :hash)
                ON CONFLICT (organization_id, email) DO NOTHING RETURNING id
                """)
            .bind("organization", actor.organization())
            .bind("email", email.toLowerCase(Locale.ROOT))
            .bind("name", name)
            .bind("role", role.word())
            .bind("hash", passwordHash)
            .mapTo(UUID.class)
            .findOne();
    UUID made = id.orElseThrow(Mistakes::emailTaken);
    audit.record("create_user", "users", made);
    return made;
  }

  /** Changes the role; the user signs in again. */
  public void appoint(UUID id, Role role) {
    if (find(id).role() == role) {
      return;
    }
    handle.execute("UPDATE users SET role = ? WHERE id = ?", role.word(), id);
    requireAdmin();
    leave(id, "change_role");
  }

  /** Lets a user in no more, until {@link #enable}. */
  public void disable(UUID id) {
    find(id);
    handle.execute("UPDATE users SET disabled_at = coalesce(disabled_at, now()) WHERE id = ?", id);
    requireAdmin();
    leave(id, "disable_user");
  }

  /** Lets a user in again. */
  public void enable(UUID id) {
    find(id);
    handle.execute("UPDATE users SET disabled_at = NULL WHERE id = ?", id);
    audit.record("enable_user", "users", id);
  }

  /** Forgets who it was; what was done still points at the row. */
  public void delete(UUID id) {
    find(id);
    SecondFactors.erase(handle, id);
    handle.execute(
        """
        UPDATE users SET deleted_at = now(), email = id || '@deleted', name = 'deleted',
          password_hash = NULL, issuer = NULL, subject = NULL WHERE id = ?
        """,
        id);
    requireAdmin();
    leave(id, "delete_user");
  }

  /** The hash of the actor's own password; empty where there is none. */
  public Optional<String> passwordHash() {
    return handle
        .select("SELECT password_hash FROM users WHERE id = ?", actor.user())
        .mapTo(String.class)
        .findOne();
  }

  /** Changes the actor's own password and ends every other sign-in. */
  public void changePassword(String hash, UUID signIn) {
    handle.execute("UPDATE users SET password_hash = ? WHERE id = ?", hash, actor.user());
    new SignIns(handle, actor, audit).endAll(actor.user(), SignIns.End.PASSWORD, signIn);
    audit.record("change_password", "users", actor.user());
  }

  // Somebody must be left who can make users; of two who leave at once, one waits and stays.
  private void requireAdmin() {
    List<UUID> admins =
        handle
            .createQuery(
                """
                SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL
                  AND deleted_at IS NULL FOR UPDATE
                """)
            .mapTo(UUID.class)
            .list();
    if (admins.isEmpty()) {
      throw Mistakes.lastAdmin();
    }
  }

  private void leave(UUID id, String operation) {
    new SignIns(handle, actor, audit).endAll(id, SignIns.End.USER, null);
    audit.record(operation, "users", id);
  }

  // The one known first comes first: who makes a second account of an address elsewhere gains
  // nothing.
  static List<Account> byEmail(Handle handle, String email) {
    return handle
        .createQuery(
            """
            SELECT id, organization_id, role, password_hash, of_platform FROM users
            WHERE email = :email AND disabled_at IS NULL AND deleted_at IS NULL
            ORDER BY created_at, id
            """)
        .bind("email", email)
        .map(
            (row, context) ->
                new Account(
                    actor(row), row.getString("password_hash"), row.getBoolean("of_platform")))
        .list();
  }

  static Actor actor(ResultSet row) throws SQLException {
    return new Actor(
        row.getObject("id", UUID.class),
        row.getObject("organization_id", UUID.class),
        Role.of(row.getString("role")));
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getObject("id", UUID.class),
        row.getString("email"),
        row.getString("name"),
        Role.of(row.getString("role")),
        row.getString("issuer"),
        row.getTimestamp("disabled_at") != null,
        row.getTimestamp("created_at").toInstant());
  }

  /**
   * Someone who may sign in.
   *
   * @param issuer who vouches for them; null for who has a password here
   */
  public record User(
      UUID id,
      String email,
      String name,
      Role role,
      @Nullable String issuer,
      boolean disabled,
      Instant createdAt) {}
}
