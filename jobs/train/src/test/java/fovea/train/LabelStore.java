package fovea.train;

import fovea.registry.RegistrySettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** A real Postgres with the registry's own schema, for grades. */
final class LabelStore implements AutoCloseable {
  private static final String SCHEMA = "/fovea/registry/migrations/V001__registry.sql";
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

  RegistrySettings settings() {
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
            "INSERT INTO patients (id, organization_id) VALUES (?, ?)" + " ON CONFLICT DO NOTHING",
            image.patient(),
            ORGANIZATION);
        insert(
            connection,
            "INSERT INTO eyes (id, organization_id, patient_id, laterality)"
                + " VALUES (?, ?, ?, 'left') ON CONFLICT DO NOTHING",
            eye,
            ORGANIZATION,
            image.patient());
        insert(
            connection,
            "INSERT INTO fundus_images (id, organization_id, eye_id, object_key,"
                + " media_type, bytes, status, dr_grade) VALUES (?, ?, ?, ?, 'image/png', 1, 'accepted', ?)",
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
    try (InputStream script = LabelStore.class.getResourceAsStream(SCHEMA);
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      statement.execute(
          "INSERT INTO organizations (id, name) VALUES ('" + ORGANIZATION + "', 'clinic')");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
