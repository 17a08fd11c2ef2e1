package fovea.registry;

import fovea.contract.errors.CallerMistake;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** The two logins of the platform's processes, made by the owner. */
public final class Logins {
  /** The group of the API's login. */
  public static final String API = "fovea_api";

  /** The group of the jobs' login. */
  public static final String JOBS = "fovea_jobs";

  private Logins() {}

  /**
   * Makes a login that is a member of the group; one that is a member already is left as it is,
   * password included. The password leaves this process as a SCRAM verifier only.
   *
   * @param owner the login that ran the migrations and may create roles
   * @param login lower-case letters, digits and underscores
   * @param group {@link #API} or {@link #JOBS}
   * @return how to connect with it
   */
  public static RegistrySettings ensure(
      RegistrySettings owner, String login, String password, String group) {
    if (!login.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new CallerMistake(
          "bad-login",
          "a database login cannot be called " + login,
          "Use lower-case letters, digits and underscores");
    }
    try (Connection connection =
            DriverManager.getConnection(owner.url(), owner.user(), owner.password());
        Statement statement = connection.createStatement()) {
      if (!member(connection, login, group)) {
        make(connection, statement, login, password, group);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("cannot make the login " + login + " at " + owner, failed);
    }
    return owner.as(login, password);
  }

  private static void make(
      Connection connection, Statement statement, String login, String password, String group)
      throws SQLException {
    if (!answers(connection, "SELECT FROM pg_roles WHERE rolname = ?", login)) {
      statement.execute("CREATE ROLE " + login + " LOGIN");
    }
    statement.execute("GRANT " + group + " TO " + login);
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(login, password.toCharArray(), "scram-sha-256");
  }

  private static boolean member(Connection connection, String login, String group)
      throws SQLException {
    return answers(
        connection,
        """
        SELECT FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.member
        JOIN pg_roles g ON g.oid = m.roleid WHERE l.rolname = ? AND g.rolname = ?
        """,
        login,
        group);
  }

  private static boolean answers(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }
}
