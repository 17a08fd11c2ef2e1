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
import fovea.testkit.StoresProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Real stores for ingest: Postgres, objects, Spark and Delta; keeps the clients' log. */
final class Platform implements AutoCloseable {
  static final LocalDate DAY = LocalDate.parse("2026-03-01");
  static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");

  /**
   * A client's word that it put these bytes and was told that they have arrived.
   *
   * @param sha256 of what was put; empty where nothing was
   */
  record Acknowledged(UUID organization, UUID id, ObjectKey key, Optional<String> sha256) {}

  final List<Acknowledged> log = new CopyOnWriteArrayList<>();
  final RegistrySettings owner;
  final JobRegistry registry;
  final ObjectStoreSettings objectSettings;
  final ObjectStore objects;
  final SparkSession spark;
  final Lake lake;
  private final Closeable below;

  private Platform(
      Closeable below,
      RegistrySettings owner,
      Supplier<RegistrySettings> jobs,
      ObjectStoreSettings objectSettings,
      String lakeRoot) {
    this.below = below;
    this.owner = owner;
    this.objectSettings = objectSettings;
    Migrations.run(owner);
    registry = JobRegistry.open(jobs.get());
    objects = ObjectStore.open(objectSettings);
    spark = SparkSessions.open("test", "local[2]", objectSettings);
    lake = new Lake(spark, lakeRoot).createTables();
  }

  /** Folders for objects and lake, and a Postgres of its own. */
  static Platform inFolder(Path folder) throws IOException {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    RegistrySettings owner =
        new RegistrySettings(
            "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "postgres", "x");
    ObjectStoreSettings objects = ObjectStoreSettings.local(folder.resolve("objects"));
    return new Platform(
        postgres,
        owner,
        () -> Logins.ensure(owner, "jobs_login", "secret", Logins.JOBS),
        objects,
        "file:" + folder.toRealPath().resolve("lake"));
  }

  /**
   * Everything on S3, the lake too.
   *
   * @param objects the way there: the store's own settings or those of a proxy before it
   */
  static Platform onS3(StoresProcess stores, ObjectStoreSettings objects) throws IOException {
    // A JVM has one Spark at a time, which reads the way to the store when it starts.
    SparkSession.getDefaultSession().foreach(Platform::stopped);
    // Hadoop keeps a client a bucket for the life of a JVM, with the port of the store before.
    FileSystem.closeAll();
    String root = "s3a://" + objects.bucket() + "/lake";
    return new Platform(() -> {}, stores.owner(), stores::jobs, objects, root);
  }

  private static boolean stopped(SparkSession session) {
    session.stop();
    return true;
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
    insert(organization, eye, image, key, declared.length, Pictures.sha256(declared), minute);
    acknowledge(organization, image, key, stored);
    return image;
  }

  /** An acknowledged upload of which nothing was declared but a size; it may be empty. */
  UUID anything(UUID organization, UUID eye, byte[] content, int minute) {
    UUID image = UUID.randomUUID();
    ObjectKey key = ObjectKey.fundus(DAY, organization, image);
    objects.write(key, content, "image/jpeg");
    insert(organization, eye, image, key, Math.max(1, content.length), null, minute);
    log.add(new Acknowledged(organization, image, key, Optional.of(Pictures.sha256(content))));
    return image;
  }

  private void insert(
      UUID organization,
      UUID eye,
      UUID image,
      ObjectKey key,
      long bytes,
      @Nullable String hash,
      int minute) {
    make(
        "INSERT INTO fundus_images (id, organization_id, eye_id, object_key, media_type, bytes,"
            + " declared_sha256, status, uploaded_at)"
            + " VALUES (?, ?, ?, ?, 'image/jpeg', ?, ?, 'uploaded', ?)",
        image,
        organization,
        eye,
        key.path(),
        bytes,
        hash,
        OffsetDateTime.ofInstant(MORNING.plusSeconds(60L * minute), ZoneOffset.UTC));
  }

  private void acknowledge(UUID organization, UUID id, ObjectKey key, byte[] stored) {
    Optional<String> hash =
        stored.length == 0 ? Optional.empty() : Optional.of(Pictures.sha256(stored));
    log.add(new Acknowledged(organization, id, key, hash));
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
    make(
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
    acknowledge(organization, file, key, content);
    return file;
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
    below.close();
  }
}
