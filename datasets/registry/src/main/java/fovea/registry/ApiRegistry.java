package fovea.registry;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import fovea.contract.errors.CallerMistake;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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
    return open(settings, names, 10);
  }

  static ApiRegistry open(RegistrySettings settings, NameCipher names, int mostConnections) {
    HikariDataSource pool = Pools.open(settings, "fovea-api", mostConnections, 10);
    ApiRegistry registry = new ApiRegistry(pool, settings, names);
    try {
      registry.jdbi.useHandle(handle -> Confinement.require(handle, settings.user()));
    } catch (RuntimeException refused) {
      pool.close();
      throw refused;
    }
    return registry;
  }

  /** Passwords and tokens: what is asked before the organisation is known. */
  public Credentials credentials() {
    return new Credentials(jdbi);
  }

  /**
   * Does some work in one transaction that sees the actor's organisation only. An exception rolls
   * everything back, its audit rows included.
   */
  public <T> T inOrganization(Actor actor, Function<Stores, T> work) {
    try {
      return within(actor.organization(), handle -> work.apply(new Stores(handle, actor, names)));
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
          organization.ifPresent(id -> enter(handle, id));
          handle
              .createUpdate(
                  """
                  INSERT INTO security_events (organization_id, user_id, kind, address, signs)
                  VALUES (CAST(:organization AS uuid), CAST(:user AS uuid), :kind,
                    CAST(:address AS inet), :signs)
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

  // The driver sends BEGIN together with the first statement: to enter costs one round trip.
  <T> T within(UUID organization, Function<Handle, T> work) {
    return jdbi.inTransaction(
        handle -> {
          enter(handle, organization);
          return work.apply(handle);
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

  /** From here on the transaction sees this organisation. */
  static void enter(Handle handle, UUID organization) {
    set(handle, "fovea.organization", organization.toString());
  }

  // Local to the transaction: a pooled connection keeps nothing of the last organisation.
  static void set(Handle handle, String name, String value) {
    handle.select("SELECT set_config(?, ?, true)", name, value).mapTo(String.class).one();
  }
}
