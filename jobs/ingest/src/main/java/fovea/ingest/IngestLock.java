package fovea.ingest;

import fovea.contract.errors.CallerMistake;
import fovea.registry.RegistrySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One ingest at a time: two that look for duplicates in each other's batches would both find none.
 * Postgres gives the lock back when the connection ends, however it ends.
 */
final class IngestLock implements AutoCloseable {
  /** The code of the mistake of running two. */
  static final String RUNNING = "ingest-running";

  private static final String TAKE = "SELECT pg_try_advisory_lock(hashtext('fovea ingest'))";

  private final Connection connection;

  private IngestLock(Connection connection) {
    this.connection = connection;
  }

  static IngestLock take(RegistrySettings registry) {
    try {
      Connection connection =
          DriverManager.getConnection(registry.url(), registry.user(), registry.password());
      if (taken(connection)) {
        return new IngestLock(connection);
      }
      connection.close();
    } catch (SQLException failed) {
      throw new IllegalStateException("cannot take the lock of ingest at " + registry, failed);
    }
    throw new CallerMistake(
        RUNNING, "another ingest is running", "Wait for it to end and try again");
  }

  private static boolean taken(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(TAKE)) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // The lock went with the connection.
    }
  }
}
