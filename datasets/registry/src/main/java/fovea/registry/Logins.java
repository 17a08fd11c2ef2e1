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
   * Makes sure that a login exists, has this password and is a member of the group. The password
   * leaves this process as a SCRAM verifier only.
   *
   * @param owner the login that ran the migrations
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
      if (!exists(connection, login)) {
        statement.execute("CREATE ROLE " + login + " LOGIN");
      }
      statement.execute("GRANT " + group + " TO " + login);
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(login, password.toCharArray(), "scram-sha-256");
    } catch (SQLException failed) {
      throw new IllegalStateException("cannot make the login " + login + " at " + owner, failed);
    }
    return owner.as(login, password);
  }

  private static boolean exists(Connection connection, String login) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT FROM pg_roles WHERE rolname = ?")) {
      query.setString(1, login);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }
}
