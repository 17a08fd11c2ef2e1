package fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.registry.RegistrySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedDatabaseIT {
  @RegisterExtension static final EmbeddedDatabase FIRST = new EmbeddedDatabase();
  @RegisterExtension static final EmbeddedDatabase SECOND = new EmbeddedDatabase();

  @Test
  void databases_share_a_server_but_no_tables() throws Exception {
    run(FIRST.owner(), "CREATE TABLE mine ()");
    run(SECOND.owner(), "CREATE TABLE mine ()");
    assertThat(ask(FIRST.owner(), "SHOW port")).isEqualTo(ask(SECOND.owner(), "SHOW port"));
    assertThat(ask(FIRST.jobs(), "SELECT current_database()"))
        .isNotEqualTo(ask(SECOND.api(), "SELECT current_database()"));
  }

  private static void run(RegistrySettings login, String sql) throws Exception {
    try (Connection connection = connect(login);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(RegistrySettings login, String sql) throws Exception {
    try (Connection connection = connect(login);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(RegistrySettings login) throws Exception {
    return DriverManager.getConnection(login.url(), login.user(), login.password());
  }
}
