package fovea.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The server's process: its binaries, its options and its end. */
final class PostgresServer implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;
  private final Path cluster;

  private PostgresServer(EmbeddedPostgres postgres, Path cluster) {
    this.postgres = postgres;
    this.cluster = cluster;
  }

  static PostgresServer start(StoreFolder folder, int port, Map<String, String> passwords) {
    Path cluster = folder.resolve("cluster");
    Path passwordFile = folder.resolve("initdb.password");
    try {
      PostgresCluster.prepare(cluster);
      Files.deleteIfExists(passwordFile);
      Secrets.restricted(passwordFile, password(passwords));
      EmbeddedPostgres started = builder(folder, cluster, port, passwordFile, passwords).start();
      PostgresCluster.markComplete(cluster);
      return new PostgresServer(started, cluster);
    } catch (IOException | IllegalStateException failed) {
      throw failure(folder, failed);
    } finally {
      passwordFile.toFile().delete();
    }
  }

  private static String password(Map<String, String> passwords) {
    return passwords.getOrDefault(PostgresLogins.SUPERUSER, "");
  }

  // Options may hold no blanks: pg_ctl hands them to a shell in one line.
  private static EmbeddedPostgres.Builder builder(
      StoreFolder folder,
      Path cluster,
      int port,
      Path passwordFile,
      Map<String, String> passwords) {
    Redirect log = Redirect.appendTo(folder.resolve("postgres.log").toFile());
    return EmbeddedPostgres.builder()
        .setDataDirectory(cluster)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setOverrideWorkingDirectory(PostgresCluster.binaries(folder).toFile())
        .setPort(port)
        .setPGStartupWait(START)
        .setOutputRedirector(log)
        .setErrorRedirector(log)
        // Options of initdb. Its default would let every local user in without a password.
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", passwordFile.toString())
        .setLocaleConfig("locale", "C")
        .setConnectConfig("password", password(passwords))
        .setServerConfig("listen_addresses", StoreFolder.LOOPBACK)
        .setServerConfig("unix_socket_directories", "")
        // The library turns fsync off, which is right for tests only.
        .setServerConfig("fsync", "on")
        .setServerConfig("shared_buffers", "64MB")
        .setServerConfig("max_connections", "60")
        .setServerConfig("timezone", "UTC")
        // What a failing statement carried (a name, a password) must not reach the log.
        .setServerConfig("log_error_verbosity", "terse")
        .setServerConfig("log_min_error_statement", "panic")
        .setServerConfig("log_checkpoints", "off");
  }

  private static RuntimeException failure(StoreFolder folder, Exception failed) {
    return new IllegalStateException(
        "Postgres does not start in "
            + folder.path()
            + "; its last words are in "
            + folder.resolve("postgres.log"),
        failed);
  }

  int port() {
    return postgres.getPort();
  }

  @Override
  public void close() {
    try {
      postgres.close();
      // The library gives up after five seconds, which a busy machine can exceed.
      PostgresCluster.stopOrphan(cluster);
    } catch (IOException failed) {
      throw new UncheckedIOException("Postgres does not stop", failed);
    }
  }
}
