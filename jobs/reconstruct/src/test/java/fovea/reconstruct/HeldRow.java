package fovea.reconstruct;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The photographs' rows of a session, locked by somebody: a reconstruction that wants to write its
 * verdicts waits, as one does whose native call never comes back.
 */
record HeldRow(Connection connection) implements AutoCloseable {

  static HeldRow of(Platform platform, UUID session) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            platform.owner.url(), platform.owner.user(), platform.owner.password());
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT id FROM session_files WHERE session_id = ? FOR UPDATE")) {
      lock.setObject(1, session);
      lock.execute();
    }
    return new HeldRow(connection);
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
