package fovea.testkit;

import fovea.embedded.EmbeddedPostgres;
import fovea.registry.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh, empty database for each test class, on one embedded Postgres a JVM:
 *
 * <pre>
 * &#64;RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();
 * </pre>
 *
 * <p>The module that uses it needs {@code fovea-embedded} in test scope (on Spark's side without
 * s3proxy).
 */
public final class EmbeddedDatabase implements BeforeAllCallback {
  private static @Nullable EmbeddedPostgres server;

  private final String name = "test_" + UUID.randomUUID().toString().replace("-", "");

  @Override
  public void beforeAll(ExtensionContext context) {
    server().createDatabase(name);
  }

  /** The login that owns the database and migrates it. */
  public RegistrySettings owner() {
    return server().owner(name);
  }

  /** The api's login: member of {@code fovea_api}. */
  public RegistrySettings api() {
    return server().api(name);
  }

  /** The jobs' login: member of {@code fovea_jobs}. */
  public RegistrySettings jobs() {
    return server().jobs(name);
  }

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      Path folder = temporaryFolder();
      EmbeddedPostgres started = EmbeddedPostgres.start(folder, 0);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> discard(started, folder)));
      server = started;
    }
    return server;
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("fovea-postgres");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void discard(EmbeddedPostgres server, Path folder) {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
