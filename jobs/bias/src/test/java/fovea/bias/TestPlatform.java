package fovea.bias;

import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.JobRegistry;
import fovea.registry.RegistrySettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A real Postgres with the product's schema, and objects in a folder. */
final class TestPlatform implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  final ObjectStore objects;

  TestPlatform() throws IOException, SQLException {
    objects =
        ObjectStore.open(ObjectStoreSettings.local(Files.createTempDirectory("bias-test-objects")));
    postgres = EmbeddedPostgres.start();
    sql(resource("/fovea/registry/migrations/V001__registry.sql"));
    sql(resource("/fovea/registry/migrations/V005__consent.sql"));
    sql(resource("/fovea/registry/migrations/V014__bias_reports.sql"));
    // As in production, the jobs' user is no owner and sees columns it was granted, not names.
    sql("CREATE ROLE bias_test LOGIN PASSWORD 'test' IN ROLE fovea_jobs");
  }

  void sql(String statements) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  long count(String table) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  JobRegistry registry() {
    String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    return JobRegistry.open(new RegistrySettings(url, "bias_test", "test"));
  }

  @Override
  public void close() throws IOException {
    objects.close();
    postgres.close();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = JobRegistry.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
