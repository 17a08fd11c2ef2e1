package fovea.embedded;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.PlatformEnv;
import fovea.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.Map;

/**
 * A Postgres server over a folder, on the loopback interface, with a database {@code fovea} and
 * three logins: its owner (who migrates), the api (member of {@code fovea_api}) and the jobs
 * (member of {@code fovea_jobs}). Passwords are generated once; data and passwords stay across
 * restarts, also after the owning process was killed.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** The name of the database. */
  public static final String DATABASE = "fovea";

  private static final String PASSWORDS = "passwords.env";

  private final StoreFolder folder;
  private final PostgresServer server;
  private final Map<String, String> passwords;

  private EmbeddedPostgres(
      StoreFolder folder, PostgresServer server, Map<String, String> passwords) {
    this.folder = folder;
    this.server = server;
    this.passwords = passwords;
  }

  /**
   * Starts the server; the first time in a folder it makes the cluster, the database and the
   * logins. The caller stops it with {@link #close()}: it does not stop with the JVM by itself.
   *
   * @param folder where data, passwords and the server's log are kept; made where absent
   * @param port 0 for any free one
   * @throws CallerMistake where another process uses the folder
   */
  public static EmbeddedPostgres start(Path folder, int port) {
    StoreFolder taken = StoreFolder.take(folder);
    try {
      return start(taken, StoreFolder.orFreePort(port));
    } catch (RuntimeException failed) {
      taken.close();
      throw failed;
    }
  }

  private static EmbeddedPostgres start(StoreFolder folder, int port) {
    Map<String, String> passwords = Secrets.in(folder.resolve(PASSWORDS), PostgresLogins.NAMES);
    PostgresServer server = PostgresServer.start(folder, port, passwords);
    EmbeddedPostgres started = new EmbeddedPostgres(folder, server, passwords);
    try {
      PostgresLogins.ensure(started.settings("postgres", PostgresLogins.SUPERUSER), passwords);
      started.createDatabase(DATABASE);
      return started;
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /**
   * {@link #owner()} of a server that another process started over the folder.
   *
   * @throws CallerMistake where none serves it
   */
  public static RegistrySettings ownerOf(Path folder) {
    int port =
        PostgresCluster.port(folder.resolve("cluster"))
            .orElseThrow(
                () ->
                    new CallerMistake(
                        "no-database",
                        "no Postgres serves " + folder,
                        "Start the platform with ./fovea up, or wait until it is up"));
    String password =
        PlatformEnv.read(folder.resolve(PASSWORDS)).getOrDefault(PostgresLogins.OWNER, "");
    String url = "jdbc:postgresql://" + StoreFolder.LOOPBACK + ":" + port + "/" + DATABASE;
    return new RegistrySettings(url, PostgresLogins.OWNER, password);
  }

  /** The login that owns the database and migrates it; not subject to row-level security. */
  public RegistrySettings owner() {
    return owner(DATABASE);
  }

  /** The login of the api: sees one organisation at a time. */
  public RegistrySettings api() {
    return api(DATABASE);
  }

  /** The login of the jobs: sees every organisation, but not patients' names. */
  public RegistrySettings jobs() {
    return jobs(DATABASE);
  }

  /** {@link #owner()} in another database of this server. */
  public RegistrySettings owner(String database) {
    return settings(database, PostgresLogins.OWNER);
  }

  /** {@link #api()} in another database of this server. */
  public RegistrySettings api(String database) {
    return settings(database, PostgresLogins.API);
  }

  /** {@link #jobs()} in another database of this server. */
  public RegistrySettings jobs(String database) {
    return settings(database, PostgresLogins.JOBS);
  }

  /**
   * Makes an empty database that {@link #owner(String)} owns, where there is none of that name.
   *
   * @param database lower-case letters, digits and underscores
   */
  public void createDatabase(String database) {
    PostgresLogins.createDatabase(
        settings("postgres", PostgresLogins.SUPERUSER), database, PostgresLogins.OWNER);
  }

  /** The port the server listens on, on 127.0.0.1. */
  public int port() {
    return server.port();
  }

  private RegistrySettings settings(String database, String login) {
    String url = "jdbc:postgresql://" + StoreFolder.LOOPBACK + ":" + port() + "/" + database;
    return new RegistrySettings(url, login, passwords.getOrDefault(login, ""));
  }

  /** Stops the server; the data stays. */
  @Override
  public void close() {
    try {
      server.close();
    } finally {
      folder.close();
    }
  }
}
