package fovea.reconstruct;

import fovea.contract.capture.ObjectKey;
import fovea.contract.settings.SettingValues;
import fovea.lake.Lake;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.registry.Logins;
import fovea.registry.Migrations;
import fovea.registry.RegistrySettings;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Real stores for reconstruct: Postgres, a folder of objects, Spark and Delta. */
final class Platform implements AutoCloseable {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  private final Closeable below;
  final RegistrySettings owner;
  final JobRegistry registry;
  final ObjectStoreSettings objectSettings;
  final ObjectStore objects;
  final SparkSession spark;
  final Lake lake;
  final UUID organization;

  Platform(Path folder) throws IOException {
    this(folder, EmbeddedPostgres.builder().start());
  }

  private Platform(Path folder, EmbeddedPostgres postgres) {
    this(
        folder,
        new RegistrySettings(
            "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "postgres", "x"),
        postgres);
  }

  /** On a database that another process started. */
  Platform(Path folder, RegistrySettings owner, Closeable below) {
    this.below = below;
    this.owner = owner;
    Migrations.run(owner);
    registry = JobRegistry.open(Logins.ensure(owner, "jobs_login", "secret", Logins.JOBS));
    objectSettings = ObjectStoreSettings.local(folder.resolve("objects"));
    objects = ObjectStore.open(objectSettings);
    spark = SparkSessions.local();
    lake = new Lake(spark, "file:" + folder.resolve("lake")).createTables();
    organization =
        make("INSERT INTO organizations (name) VALUES (?)", UUID.randomUUID().toString());
  }

  JobReport reconstruct(Map<String, String> flags) {
    return new ReconstructJob().run(context(flags));
  }

  JobContext context(Map<String, String> flags) {
    return new JobContext(
        UUID.randomUUID(),
        spark,
        lake,
        objects,
        objectSettings,
        registry,
        SettingValues.of(flags),
        Progress.silent());
  }

  /** A session as ingest leaves it, of all the files of a folder. */
  UUID ingested(Path folder) throws IOException {
    UUID session =
        make(
            "INSERT INTO sessions (organization_id, session_id, status) VALUES (?, ?, 'ingested')",
            organization,
            UUID.randomUUID().toString());
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        accepted(session, String.valueOf(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return session;
  }

  private void accepted(UUID session, String name, byte[] content) {
    UUID file = UUID.randomUUID();
    ObjectKey key = ObjectKey.sessionFile(DAY, organization, session, file);
    objects.write(key, content, "application/octet-stream");
    make(
        "INSERT INTO session_files (id, organization_id, session_id, kind, name, object_key,"
            + " media_type, bytes, status) VALUES (?, ?, ?, ?, ?, ?, 'image/png', ?, 'accepted')",
        file,
        organization,
        session,
        name.endsWith(".png") ? "photo" : "poses",
        name,
        key.path(),
        (long) content.length);
  }

  private UUID make(String sql, Object... values) {
    return UUID.fromString(ask(sql + " RETURNING id", values));
  }

  /** One column of the first row as text, empty for null or none; asked by the tables' owner. */
  String ask(String sql, Object... values) {
    try (Connection connection =
            DriverManager.getConnection(owner.url(), owner.user(), owner.password());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getString(1) != null ? rows.getString(1) : "";
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  @Override
  public void close() throws IOException {
    spark.stop();
    registry.close();
    objects.close();
    below.close();
  }
}
