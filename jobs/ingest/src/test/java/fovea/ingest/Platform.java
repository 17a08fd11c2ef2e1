package fovea.ingest;

import fovea.contract.capture.ObjectKey;
import fovea.contract.settings.SettingValues;
import fovea.lake.Captures;
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
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Real stores for ingest: Postgres, a folder of objects, Spark and Delta. */
final class Platform implements AutoCloseable {
  static final LocalDate DAY = LocalDate.parse("2026-03-01");
  static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");

  final EmbeddedPostgres postgres;
  final RegistrySettings owner;
  final JobRegistry registry;
  final ObjectStoreSettings objectSettings;
  final ObjectStore objects;
  final SparkSession spark;
  final Lake lake;

  Platform(Path folder) throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    owner =
        new RegistrySettings(
            "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "postgres", "x");
    Migrations.run(owner);
    registry = JobRegistry.open(Logins.ensure(owner, "jobs_login", "secret", Logins.JOBS));
    objectSettings = ObjectStoreSettings.local(folder.resolve("objects"));
    objects = ObjectStore.open(objectSettings);
    spark = SparkSessions.local();
    lake = new Lake(spark, "file:" + folder.resolve("lake")).createTables();
  }

  JobReport ingest(Map<String, String> flags) {
    return ingest(flags, Progress.silent());
  }

  JobReport ingest(Map<String, String> flags, Progress progress) {
    return new IngestJob()
        .run(
            new JobContext(
                UUID.randomUUID(),
                spark,
                lake,
                objects,
                objectSettings,
                registry,
                SettingValues.of(flags),
                progress));
  }

  UUID organization() {
    return make("INSERT INTO organizations (name) VALUES (?)", UUID.randomUUID().toString());
  }

  UUID eye(UUID organization) {
    UUID patient = make("INSERT INTO patients (organization_id) VALUES (?)", organization);
    return make(
        "INSERT INTO eyes (organization_id, patient_id, laterality) VALUES (?, ?, 'left')",
        organization,
        patient);
  }

  /** An acknowledged upload, with the object where {@code stored} has bytes. */
  UUID fundus(UUID organization, UUID eye, byte[] stored, byte[] declared, int minute) {
    UUID image = UUID.randomUUID();
    ObjectKey key = ObjectKey.fundus(DAY, organization, image);
    if (stored.length > 0) {
      objects.write(key, stored, "image/jpeg");
    }
    return make(
        "INSERT INTO fundus_images (id, organization_id, eye_id, object_key, media_type, bytes,"
            + " declared_sha256, status, uploaded_at)"
            + " VALUES (?, ?, ?, ?, 'image/jpeg', ?, ?, 'uploaded', ?)",
        image,
        organization,
        eye,
        key.path(),
        (long) declared.length,
        Pictures.sha256(declared),
        OffsetDateTime.ofInstant(MORNING.plusSeconds(60L * minute), ZoneOffset.UTC));
  }

  UUID session(UUID organization) {
    return make(
        "INSERT INTO sessions (organization_id, session_id, status) VALUES (?, ?, 'uploaded')",
        organization,
        UUID.randomUUID().toString());
  }

  UUID file(UUID organization, UUID session, String kind, String name, byte[] content) {
    UUID file = UUID.randomUUID();
    ObjectKey key = ObjectKey.sessionFile(DAY, organization, session, file);
    objects.write(key, content, "application/octet-stream");
    return make(
        "INSERT INTO session_files (id, organization_id, session_id, kind, name, object_key,"
            + " media_type, bytes, status, uploaded_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, 'image/jpeg', ?, 'uploaded', now())",
        file,
        organization,
        session,
        kind,
        name,
        key.path(),
        (long) content.length);
  }

  Row capture(UUID image) {
    return Captures.in(lake).rows().where("image_id = '" + image + "'").head();
  }

  long captures(UUID organization) {
    return Captures.in(lake).rows().where("organization_id = '" + organization + "'").count();
  }

  UUID make(String sql, Object... values) {
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
      if (!statement.execute()) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
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
    postgres.close();
  }
}
