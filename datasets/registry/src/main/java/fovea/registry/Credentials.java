package fovea.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What happens before the organisation is known. Each question shows Postgres what the caller
 * showed (an email, the hash of a token), and it lets exactly those rows be seen.
 */
public final class Credentials {
  /** What a service token begins with. */
  public static final String SERVICE = "fovea_service_";

  static final String REFRESH = "fovea_refresh_";

  private final Jdbi jdbi;

  Credentials(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The user of an email address, not disabled or deleted.
   *
   * @param organization its name; null for the organisation where the address was known first
   */
  public Optional<Account> account(String email, @Nullable String organization) {
    String address = email.toLowerCase(Locale.ROOT);
    return jdbi.inTransaction(
        handle -> {
          ApiRegistry.set(handle, "fovea.sign_in", address);
          return Users.byEmail(handle, address).stream()
              .filter(found -> organization == null || isCalled(handle, found, organization))
              .findFirst();
        });
  }

  private static boolean isCalled(Handle handle, Account account, String organization) {
    ApiRegistry.enter(handle, account.actor().organization());
    return handle
        .select("SELECT name FROM organizations")
        .mapTo(String.class)
        .one()
        .equalsIgnoreCase(organization);
  }

  /**
   * Counts a try of signing in before it is judged, so that tries side by side count too.
   *
   * @return until when no more are looked at; empty where this one is
   */
  public Optional<Instant> attempt(Attempts limits, String email, String address) {
    return jdbi.inTransaction(
        handle -> {
          List<String> subjects = subjects(email, address);
          ApiRegistry.set(handle, "fovea.tried", String.join(",", subjects));
          handle.execute("DELETE FROM sign_in_attempts WHERE since < now() - interval '1 day'");
          Optional<Instant> account = count(handle, subjects.get(0), limits.ofAccount(), limits);
          Optional<Instant> from = count(handle, subjects.get(1), limits.ofAddress(), limits);
          return Stream.of(account, from).flatMap(Optional::stream).max(Instant::compareTo);
        });
  }

  /** A try that was right: the account's tries are forgotten, the address has one less. */
  public void succeeded(String email, String address) {
    jdbi.useTransaction(
        handle -> {
          List<String> subjects = subjects(email, address);
          ApiRegistry.set(handle, "fovea.tried", String.join(",", subjects));
          handle.execute(
              """
              DELETE FROM sign_in_attempts
              WHERE subject = decode(?, 'hex') OR (subject = decode(?, 'hex') AND attempts = 1)
              """,
              subjects.get(0),
              subjects.get(1));
          handle.execute(
              """
              UPDATE sign_in_attempts SET attempts = attempts - 1
              WHERE subject = decode(?, 'hex') AND attempts > 1
              """,
              subjects.get(1));
        });
  }

  private static Optional<Instant> count(Handle handle, String subject, int most, Attempts limits) {
    return handle
        .createQuery(
            """
            INSERT INTO sign_in_attempts AS a (subject, attempts) VALUES (decode(:subject, 'hex'), 1)
            ON CONFLICT (subject) DO UPDATE SET
              attempts = CASE WHEN a.since > now() - make_interval(secs => :window)
                THEN least(a.attempts + 1, 1000000) ELSE 1 END,
              since = CASE WHEN a.since > now() - make_interval(secs => :window)
                THEN a.since ELSE now() END
            RETURNING attempts, since
            """)
        .bind("subject", subject)
        .bind("window", (double) limits.window().toSeconds())
        .map(
            (row, context) ->
                row.getInt("attempts") <= most
                    ? Optional.<Instant>empty()
                    : Optional.of(row.getTimestamp("since").toInstant().plus(limits.window())))
        .one();
  }

  private static List<String> subjects(String email, String address) {
    return Stream.of("email " + email.toLowerCase(Locale.ROOT), "address " + address)
        .map(Secrets::hex)
        .collect(Collectors.toList());
  }

  /**
   * Whether a sign-in still holds, and in which role; in one round trip.
   *
   * @param claimed what its token says
   */
  public Optional<Standing> standing(Actor claimed, UUID signIn) {
    return jdbi.withHandle(handle -> SignIns.standing(handle, claimed, signIn));
  }

  /**
   * Someone for whom an issuer vouches, in the role that it says; made when first seen.
   *
   * @return empty where there is no such organisation, or it refuses this user
   */
  public Optional<Actor> external(String issuer, String subject, UUID organization, Role role) {
    return jdbi.inTransaction(
        handle ->
            ExternalUsers.admit(
                handle, new ExternalUsers.External(issuer, subject, organization, role)));
  }

  /** Whom a service token speaks for: itself, in its organisation. */
  public Optional<Actor> service(String token) {
    return jdbi.inTransaction(
        handle -> {
          ApiRegistry.set(handle, "fovea.credential", Secrets.hex(token));
          return handle
              .createQuery(
                  "SELECT id, organization_id, role FROM service_tokens WHERE revoked_at IS NULL")
              .map((row, context) -> Users.actor(row))
              .findOne();
        });
  }

  /**
   * Takes a refresh token and gives the next. One that was taken before ends the whole sign-in:
   * somebody has a copy.
   */
  public Optional<Refreshed> refresh(String token) {
    return jdbi.inTransaction(
        handle -> {
          ApiRegistry.set(handle, "fovea.credential", Secrets.hex(token));
          Optional<UUID> organization =
              handle
                  .select("SELECT organization_id FROM refresh_tokens")
                  .mapTo(UUID.class)
                  .findOne();
          return organization.flatMap(
              id -> {
                ApiRegistry.enter(handle, id);
                return SignIns.refresh(handle, token);
              });
        });
  }

  /**
   * How often may be tried.
   *
   * @param ofAccount tries of one email within the window
   * @param ofAddress tries from one address within the window
   */
  public record Attempts(int ofAccount, int ofAddress, Duration window) {}

  /**
   * How a sign-in stands.
   *
   * @param secondFactor whether it was made with one
   * @param ofPlatform whether its user is the platform's own account
   */
  public record Standing(Actor actor, boolean secondFactor, boolean ofPlatform) {}

  /** A sign-in that goes on, and its next refresh token. */
  public record Refreshed(Actor actor, UUID signIn, String token, Instant ends) {
    /** Without the token. */
    @Override
    public String toString() {
      return "sign-in " + signIn;
    }
  }
}
