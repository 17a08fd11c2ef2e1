package fovea.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Second factors: one secret of RFC 6238 a user, and codes for the day the device is lost. */
public final class SecondFactors {
  private static final int RECOVERY_CODES = 10;

  private final Handle handle;
  private final Actor actor;
  private final NameCipher cipher;
  private final Audit audit;

  SecondFactors(Handle handle, Actor actor, NameCipher cipher, Audit audit) {
    this.handle = handle;
    this.actor = actor;
    this.cipher = cipher;
    this.audit = audit;
  }

  /** The actor's own; empty where none was begun. */
  public Optional<SecondFactor> own() {
    return handle
        .createQuery(
            "SELECT secret, confirmed_at, last_step FROM second_factors WHERE user_id = :user")
        .bind("user", actor.user())
        .map((row, context) -> factor(row))
        .findOne();
  }

  private SecondFactor factor(ResultSet row) throws SQLException {
    return new SecondFactor(
        cipher.decrypt(row.getBytes("secret"), actor.user()),
        row.getTimestamp("confirmed_at") != null,
        row.getLong("last_step"));
  }

  /** Begins one, in place of one that was begun and never confirmed. */
  public void begin(String secret) {
    int begun =
        handle
            .createUpdate(
                """
                INSERT INTO second_factors AS f (user_id, organization_id, secret)
                VALUES (:user, :organization, :secret)
                ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret
                  WHERE f.confirmed_at IS NULL
                """)
            .bind("user", actor.user())
            .bind("organization", actor.organization())
            .bind("secret", cipher.encrypt(secret, actor.user()))
            .execute();
    if (begun == 0) {
      throw Mistakes.secondFactorKept();
    }
  }

  /**
   * The first code was right: from now on sign-in asks for one.
   *
   * @return codes that work once each; nobody can show them again
   */
  public List<String> confirm(long step, UUID signIn) {
    handle.execute(
        "UPDATE second_factors SET confirmed_at = now(), last_step = ? WHERE user_id = ?",
        step,
        actor.user());
    new SignIns(handle, actor, audit).raise(signIn);
    audit.record("add_second_factor", "users", actor.user());
    List<String> codes =
        IntStream.range(0, RECOVERY_CODES).mapToObj(i -> Secrets.token("")).toList();
    codes.forEach(
        code ->
            handle.execute(
                "INSERT INTO recovery_codes (organization_id, user_id, code_hash) VALUES (?, ?, ?)",
                actor.organization(),
                actor.user(),
                Secrets.hash(code)));
    return codes;
  }

  /** Uses the code of a time step up; false where it was used before. */
  public boolean use(long step) {
    return handle.execute(
            "UPDATE second_factors SET last_step = ? WHERE user_id = ? AND last_step < ?",
            step,
            actor.user(),
            step)
        == 1;
  }

  /** Uses a recovery code up; false where there is none such. */
  public boolean recover(String code) {
    boolean right =
        handle.execute(
                "DELETE FROM recovery_codes WHERE user_id = ? AND code_hash = ?",
                actor.user(),
                Secrets.hash(code))
            == 1;
    if (right) {
      audit.record("use_recovery_code", "users", actor.user());
    }
    return right;
  }

  /** Takes a user's away: their device is lost, or they leave. */
  public void remove(UUID user) {
    if (erase(handle, user) == 1) {
      audit.record("remove_second_factor", "users", user);
    }
  }

  static int erase(Handle handle, UUID user) {
    handle.execute("DELETE FROM recovery_codes WHERE user_id = ?", user);
    return handle.execute("DELETE FROM second_factors WHERE user_id = ?", user);
  }

  /**
   * A second factor.
   *
   * @param secret in base 32
   * @param lastStep the newest time step whose code was used
   */
  public record SecondFactor(String secret, boolean confirmed, long lastStep) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "a second factor";
    }
  }
}
