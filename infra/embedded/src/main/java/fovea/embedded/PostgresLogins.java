package fovea.embedded;

import fovea.registry.RegistrySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Makes roles and databases; repeating it changes nothing. */
final class PostgresLogins {
  static final String SUPERUSER = "postgres";
  static final String OWNER = "fovea_owner";
  static final String API = "fovea_api_login";
  static final String JOBS = "fovea_jobs_login";

  /** Every login that has a password. */
  static final List<String> NAMES = List.of(SUPERUSER, OWNER, API, JOBS);

  private PostgresLogins() {}

  /** Makes the groups, the logins and their memberships. */
  static void ensure(RegistrySettings superuser, Map<String, String> passwords) {
    run(
        superuser,
        List.of(
            role("fovea_api", "NOLOGIN"),
            role("fovea_jobs", "NOLOGIN"),
            login(OWNER, passwords),
            login(API, passwords),
            login(JOBS, passwords),
            "GRANT fovea_api TO " + API,
            "GRANT fovea_jobs TO " + JOBS));
  }

  /** Makes a database where there is none of that name; only the two groups and its owner enter. */
  static void createDatabase(RegistrySettings superuser, String database, String owner) {
    if (!database.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("not a name of a database: " + database);
    }
    if (!exists(superuser, database)) {
      run(
          superuser,
          List.of(
              "CREATE DATABASE " + database + " OWNER " + owner,
              "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC",
              "GRANT CONNECT ON DATABASE " + database + " TO fovea_api, fovea_jobs"));
    }
  }

  // Names are constants and passwords base64url: nothing here needs quoting.
  private static String role(String name, String attributes) {
    return "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '"
        + name
        + "') THEN CREATE ROLE "
        + name
        + " "
        + attributes
        + "; END IF; END $$";
  }

  private static String login(String name, Map<String, String> passwords) {
    return role(name, "LOGIN PASSWORD '" + passwords.getOrDefault(name, "") + "'");
  }

  private static boolean exists(RegistrySettings superuser, String database) {
    try (Connection connection = connect(superuser);
        Statement statement = connection.createStatement()) {
      return statement
          .executeQuery("SELECT FROM pg_database WHERE datname = '" + database + "'")
          .next();
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  private static void run(RegistrySettings superuser, List<String> statements) {
    try (Connection connection = connect(superuser);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failed) {
      throw failure(failed);
    }
  }

  static Connection connect(RegistrySettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  // The server's message can quote the statement, and with it a password: its code says enough.
  private static IllegalStateException failure(SQLException failed) {
    return new IllegalStateException(
        "the embedded Postgres refuses its set-up: SQL state " + failed.getSQLState());
  }
}
