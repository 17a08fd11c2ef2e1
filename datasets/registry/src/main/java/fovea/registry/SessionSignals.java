package fovea.registry;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Postgres' word that sessions have moved, over one connection of its own. Signals carry ids only;
 * what happened is asked for in the organisation's own transaction. One thread at a time.
 */
public final class SessionSignals implements AutoCloseable {
  private static final String CHANNEL = "fovea_sessions";

  private final RegistrySettings settings;
  private @Nullable Connection connection;

  SessionSignals(RegistrySettings settings) {
    this.settings = settings;
  }

  /**
   * What has moved since the last call; returns at the first signal.
   *
   * @param most how long to wait for one
   * @return empty where the connection was new, or lost: anything may have moved
   */
  public Optional<List<Signal>> await(Duration most) {
    try {
      if (connection == null) {
        connection = connect();
        return Optional.empty();
      }
      PGNotification[] heard =
          connection.unwrap(PGConnection.class).getNotifications((int) most.toMillis());
      return Optional.of(
          heard == null
              ? List.of()
              : Stream.of(heard).map(word -> Signal.of(word.getParameter())).distinct().toList());
    } catch (SQLException lost) {
      close();
      pause(most);
      return Optional.empty();
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "fovea-api-signals");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("tcpKeepAlive", "true");
    Connection made = DriverManager.getConnection(settings.url(), properties);
    try (Statement statement = made.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      return made;
    }
  }

  private static void pause(Duration most) {
    try {
      Thread.sleep(Math.min(most.toMillis(), 1_000));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException gone) {
      // It is gone, as it should be.
    } finally {
      connection = null;
    }
  }

  /** A session that has moved. */
  public record Signal(UUID organization, UUID session) {
    static Signal of(String text) {
      String[] ids = text.split(" ", 2);
      return new Signal(UUID.fromString(ids[0]), UUID.fromString(ids[1]));
    }
  }
}
