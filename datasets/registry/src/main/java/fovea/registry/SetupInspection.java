package fovea.registry;

import fovea.contract.errors.CallerMistake;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A database as a login sees it, for whoever sets Fovea up.
 *
 * @param now what the database takes the time for
 * @param tables how many tables there are
 * @param open tables without row-level security
 * @param unforced tables whose owner would pass it
 */
public record SetupInspection(Instant now, int tables, List<String> open, int unforced) {

  /**
   * Looks at catalogs only; any login may.
   *
   * @throws CallerMistake where the database cannot be reached with this login
   */
  public static SetupInspection of(RegistrySettings login) {
    try (Connection connection =
            DriverManager.getConnection(login.url(), login.user(), login.password());
        Statement statement = connection.createStatement()) {
      Instant now;
      try (ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
        row.next();
        now = row.getObject(1, OffsetDateTime.class).toInstant();
      }
      return tables(now, statement);
    } catch (SQLException refused) {
      throw new CallerMistake(
          "registry-unreachable",
          "Postgres at " + login + " refuses (SQL state " + refused.getSQLState() + ")",
          "Check address, login and password");
    }
  }

  private static SetupInspection tables(Instant now, Statement statement) throws SQLException {
    int tables = 0;
    int unforced = 0;
    List<String> open = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname = 'public' AND c.relname <> 'flyway_schema_history'
            ORDER BY c.relname
            """)) {
      while (rows.next()) {
        tables++;
        if (!rows.getBoolean(2)) {
          open.add(rows.getString(1));
        }
        unforced += rows.getBoolean(3) ? 0 : 1;
      }
    }
    return new SetupInspection(now, tables, List.copyOf(open), unforced);
  }
}
