package fovea.registry;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One real Postgres for all tests of this module, migrated, with both logins. */
final class TestDatabase {
  private static @Nullable TestDatabase shared;

  final RegistrySettings owner;
  final RegistrySettings api;
  final RegistrySettings jobs;

  private TestDatabase(EmbeddedPostgres postgres) {
    owner =
        new RegistrySettings(
            "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres", "postgres", "x");
    Migrations.run(owner);
    api = Logins.ensure(owner, "api_login", "api-password", Logins.API);
    jobs = Logins.ensure(owner, "jobs_login", "jobs-password", Logins.JOBS);
  }

  static synchronized TestDatabase shared() {
    if (shared == null) {
      try {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
        shared = new TestDatabase(postgres);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return shared;
  }

  /** One column of the first row, as text, asked by {@code who}. */
  static @Nullable String ask(RegistrySettings who, String sql, Object... values) {
    try (Connection connection =
            DriverManager.getConnection(who.url(), who.user(), who.password());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      if (!statement.execute()) {
        return Integer.toString(statement.getUpdateCount());
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : null;
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  UUID make(String sql, Object... values) {
    return UUID.fromString(String.valueOf(ask(owner, sql + " RETURNING id", values)));
  }

  UUID organization() {
    return make("INSERT INTO organizations (name) VALUES (?)", UUID.randomUUID().toString());
  }

  UUID session(UUID organization, String status) {
    return make(
        "INSERT INTO sessions (organization_id, session_id, status) VALUES (?, ?, ?)",
        organization,
        UUID.randomUUID().toString(),
        status);
  }

  UUID file(UUID organization, UUID session, String name, String status) {
    return make(
        "INSERT INTO session_files (organization_id, session_id, kind, name, object_key, media_type,"
            + " bytes, status) VALUES (?, ?, 'photo', ?, ?, 'image/jpeg', 10, ?)",
        organization,
        session,
        name,
        UUID.randomUUID().toString(),
        status);
  }

  String status(String table, UUID id) {
    return String.valueOf(ask(owner, "SELECT status FROM " + table + " WHERE id = ?", id));
  }

  private static void close(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
