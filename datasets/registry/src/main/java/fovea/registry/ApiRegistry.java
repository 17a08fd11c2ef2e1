package fovea.registry;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import fovea.contract.errors.CallerMistake;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The API's side of the registry. Everything happens inside {@link #inOrganization}: Postgres shows
 * that transaction the rows of one organisation and no others, whatever the SQL says.
 */
public final class ApiRegistry implements AutoCloseable {
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final NameCipher names;
  private final RegistrySettings settings;

  private ApiRegistry(HikariDataSource pool, RegistrySettings settings, NameCipher names) {
    this.pool = pool;
    this.settings = settings;
    this.jdbi = Jdbi.create(pool);
    this.names = names;
  }

  /**
   * Opens a pool.
   *
   * @param settings a login that is a member of {@code fovea_api}
   * @throws CallerMistake where the database cannot be reached, or row-level security would not
   *     hold for this login
   */
  public static ApiRegistry open(RegistrySettings settings, NameCipher names) {
    HikariDataSource pool = Pools.open(settings, "fovea-api", 10, 10);
    ApiRegistry registry = new ApiRegistry(pool, settings, names);
    try {
      registry.jdbi.useHandle(handle -> requireConfined(handle, settings.user()));
    } catch (RuntimeException refused) {
      pool.close();
      throw refused;
    }
    return registry;
  }

  /** The user of an email address, for sign-in: the one query without an organisation. */
  public Optional<Account> account(String email) {
    return jdbi.inTransaction(
        handle -> {
          set(handle, "fovea.sign_in", email.toLowerCase(Locale.ROOT));
          return Users.byEmail(handle, email.toLowerCase(Locale.ROOT));
        });
  }

  /**
   * Does some work in one transaction that sees the actor's organisation only. An exception rolls
   * everything back, its audit rows included.
   */
  public <T> T inOrganization(Actor actor, Function<Stores, T> work) {
    try {
      return jdbi.inTransaction(
          handle -> {
            set(handle, "fovea.organization", actor.organization().toString());
            return work.apply(new Stores(handle, actor, names));
          });
    } catch (JdbiException failed) {
      throw Mistakes.quotaExceeded(failed).<RuntimeException>map(mistake -> mistake).orElse(failed);
    }
  }

  /**
   * Writes down what looked like an attack, at once and whatever becomes of the request.
   *
   * @param address digits of the caller's IP address
   * @param signs how many requests it took to notice
   */
  public void recordSecurityEvent(
      String kind, Optional<UUID> organization, Optional<UUID> user, String address, int signs) {
    jdbi.useTransaction(
        handle -> {
          organization.ifPresent(id -> set(handle, "fovea.organization", id.toString()));
          handle
              .createUpdate(
                  """
                  INSERT INTO security_events (organization_id, user_id, kind, address, signs)
                  VALUES (:organization, :user, :kind, CAST(:address AS inet), :signs)
                  """)
              .bind("organization", organization.orElse(null))
              .bind("user", user.orElse(null))
              .bind("kind", kind)
              .bind("address", address)
              .bind("signs", signs)
              .execute();
        });
  }

  /**
   * Takes deliveries that are due, of every organisation; nobody else gets them for a minute.
   *
   * @param most how many
   */
  public List<Webhooks.Due> dueDeliveries(int most) {
    return jdbi.inTransaction(
        handle ->
            handle
                .createQuery("SELECT id, organization_id FROM claim_webhook_deliveries(:most)")
                .bind("most", most)
                .map(
                    (row, context) ->
                        new Webhooks.Due(
                            row.getObject("id", UUID.class),
                            row.getObject("organization_id", UUID.class)))
                .list());
  }

  /** A connection of its own over which Postgres tells that sessions have moved. */
  public SessionSignals signals() {
    return new SessionSignals(settings);
  }

  /** How its connections are used just now. */
  public PoolUse pool() {
    HikariPoolMXBean use = pool.getHikariPoolMXBean();
    return new PoolUse(
        use.getActiveConnections(), use.getIdleConnections(), use.getThreadsAwaitingConnection());
  }

  /** Every organisation, for housekeeping in one after the other. */
  public List<UUID> organizations() {
    return jdbi.inTransaction(
        handle -> {
          set(handle, "fovea.housekeeping", "on");
          return handle.createQuery("SELECT id FROM organizations").mapTo(UUID.class).list();
        });
  }

  /** Whether Postgres answers within two seconds. */
  public boolean reachable() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException unreachable) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Connections at work, at rest, and who waits for one. */
  public record PoolUse(int active, int idle, int waiting) {}

  // Local to the transaction: a pooled connection keeps nothing of the last organisation.
  private static void set(Handle handle, String name, String value) {
    handle.select("SELECT set_config(?, ?, true)", name, value).mapTo(String.class).one();
  }

  private static void requireConfined(Handle handle, String login) {
    boolean unconfined =
        handle
            .createQuery(
                """
                SELECT r.rolsuper OR r.rolbypassrls OR EXISTS (
                  SELECT FROM pg_class c WHERE c.oid = to_regclass('patients')
                    AND pg_has_role(current_user, c.relowner, 'member'))
                FROM pg_roles r WHERE r.rolname = current_user
                """)
            .mapTo(Boolean.class)
            .one();
    if (unconfined) {
      throw unsafe(
          login
              + " is a superuser, bypasses row-level security or owns the tables, so"
              + " organisations would see each other");
    }
    boolean member =
        handle
            .createQuery(
                """
                SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :group
                  AND pg_has_role(current_user, oid, 'member'))
                """)
            .bind("group", Logins.API)
            .mapTo(Boolean.class)
            .one();
    if (!member) {
      throw unsafe(login + " is no member of " + Logins.API);
    }
  }

  private static CallerMistake unsafe(String what) {
    return new CallerMistake(
        "unsafe-login",
        what,
        "Give the API a login that is a member of " + Logins.API + " and nothing more");
  }
}
