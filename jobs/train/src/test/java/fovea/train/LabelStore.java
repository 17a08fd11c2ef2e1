package fovea.train;

import fovea.registry.JobRegistry;
import fovea.registry.Logins;
import fovea.registry.Migrations;
import fovea.registry.RegistrySettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** A real Postgres with the registry's own schema and some grades. */
final class LabelStore implements AutoCloseable {
  private static final UUID ORGANIZATION = UUID.nameUUIDFromBytes(new byte[] {1});

  private final EmbeddedPostgres postgres;

  private LabelStore(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static LabelStore start(Path folder) {
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder().setOverrideWorkingDirectory(folder.toFile()).start();
      LabelStore store = new LabelStore(postgres);
      store.create();
      return store;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a job sees it. */
  JobRegistry registry() {
    return JobRegistry.open(Logins.ensure(owner(), "jobs_login", "secret", Logins.JOBS));
  }

  long trainingRuns() {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM model_training_logs")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private RegistrySettings owner() {
    return new RegistrySettings(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "unused");
  }

  /** Adds graded images with their patients and eyes. */
  void add(List<Study.Image> images) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      for (Study.Image image : images) {
        UUID eye =
            UUID.nameUUIDFromBytes(("eye" + image.patient()).getBytes(StandardCharsets.UTF_8));
        insert(
            connection,
            "INSERT INTO patients (id, organization_id, age, gender) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            image.patient(),
            ORGANIZATION,
            30 + Math.floorMod(image.patient().hashCode(), 50),
            image.patient().hashCode() % 2 == 0 ? "female" : null);
        insert(
            connection,
            "INSERT INTO eyes (id, organization_id, patient_id, laterality)"
                + " VALUES (?, ?, ?, 'left') ON CONFLICT DO NOTHING",
            eye,
            ORGANIZATION,
            image.patient());
        insert(
            connection,
            "INSERT INTO fundus_images (id, organization_id, eye_id, object_key, media_type, bytes,"
                + " status, dr_grade) VALUES (?, ?, ?, ?, 'image/png', 1, 'accepted', ?)",
            image.id(),
            ORGANIZATION,
            eye,
            "key-" + image.id(),
            image.grade());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds a patient of whom nothing else is known. */
  void patient(UUID id, int age, String gender) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      insert(
          connection,
          "INSERT INTO patients (id, organization_id, age, gender) VALUES (?, ?, ?, ?)"
              + " ON CONFLICT DO NOTHING",
          id,
          ORGANIZATION,
          age,
          gender);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes an image's acceptance back. */
  void quarantine(UUID image) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      insert(connection, "UPDATE fundus_images SET status = 'quarantined' WHERE id = ?", image);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Withdraws a patient's consent to a purpose. */
  void withdraw(UUID patient, String purpose) {
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      insert(
          connection,
          "INSERT INTO consent_decisions (organization_id, patient_id, purpose, decision)"
              + " VALUES (?, ?, ?, 'withdrawn')",
          ORGANIZATION,
          patient,
          purpose);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insert(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private void create() throws SQLException {
    Migrations.run(owner());
    try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
      insert(connection, "INSERT INTO organizations (id, name) VALUES (?, 'clinic')", ORGANIZATION);
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
