package fovea.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import fovea.registry.RegistrySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
  @TempDir static Path folder;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.start(folder, 0);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void data_and_logins_outlive_a_crash_and_a_pid_that_went_to_another_process(@TempDir Path own)
      throws Exception {
    String password;
    try (EmbeddedPostgres first = EmbeddedPostgres.start(own, 0)) {
      password = first.jobs().password();
      run(first.owner(), "CREATE TABLE kept AS SELECT 42 AS answer");
      run(first.owner(), "GRANT SELECT ON kept TO fovea_jobs");
    }
    Files.writeString(
        own.resolve("cluster/postmaster.pid"),
        ProcessHandle.current().pid() + "\n" + own.resolve("cluster") + "\n1\n5432\n");
    try (EmbeddedPostgres second = EmbeddedPostgres.start(own, 0)) {
      assertThat(ask(second.jobs(), "SELECT answer FROM kept")).isEqualTo("42");
      assertThat(second.jobs().password()).isEqualTo(password);
      assertThatThrownBy(() -> ask(second.api(), "SELECT answer FROM kept"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void a_first_start_that_was_cut_off_is_begun_again(@TempDir Path own) throws Exception {
    Path cluster = Files.createDirectories(own.resolve("cluster"));
    Files.writeString(cluster.resolve("postgresql.conf"), "half a file");
    try (EmbeddedPostgres again = EmbeddedPostgres.start(own, 0)) {
      assertThat(ask(again.owner(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void logins_are_what_they_should_be_and_nothing_more() throws Exception {
    for (RegistrySettings login : List.of(postgres.owner(), postgres.api(), postgres.jobs())) {
      assertThat(
              ask(
                  login,
                  "SELECT concat(rolsuper, rolcreaterole, rolbypassrls) FROM pg_roles"
                      + " WHERE rolname = current_user"))
          .isEqualTo("fff");
    }
    assertThat(ask(postgres.api(), isMember("fovea_api"))).isEqualTo("t");
    assertThat(ask(postgres.api(), isMember("fovea_jobs"))).isEqualTo("f");
    assertThat(ask(postgres.jobs(), isMember("fovea_jobs"))).isEqualTo("t");
    assertThat(ask(postgres.jobs(), isMember("fovea_api"))).isEqualTo("f");
    assertThatThrownBy(() -> run(postgres.jobs(), "CREATE TABLE mine ()"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void nobody_gets_in_without_the_password() throws Exception {
    for (String login : PostgresLogins.NAMES) {
      RegistrySettings guess = new RegistrySettings(postgres.owner().url(), login, "guess");
      assertThatThrownBy(() -> ask(guess, "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("authentication failed");
    }
    assertThat(permissions("passwords.env")).isEqualTo("rw-------");
    assertThat(permissions("")).isEqualTo("rwx------");
    assertThat(folder.resolve("initdb.password")).doesNotExist();
  }

  @Test
  void the_server_keeps_to_this_machine_and_keeps_what_it_was_told() throws Exception {
    assertThat(ask(postgres.owner(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(ask(postgres.owner(), "SHOW fsync")).isEqualTo("on");
    assertThat(ask(postgres.owner(), "SHOW shared_buffers")).isEqualTo("64MB");
    // Line 5 of postmaster.pid: the folder of its socket, where it has one.
    assertThat(Files.readAllLines(folder.resolve("cluster/postmaster.pid")).get(4)).isBlank();
  }

  @Test
  void two_processes_cannot_share_a_folder() {
    assertThatThrownBy(() -> EmbeddedPostgres.start(folder, 0))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("another process uses " + folder);
  }

  @Test
  void a_failing_statement_leaves_no_name_in_the_log() throws Exception {
    run(postgres.owner(), "CREATE TABLE named (name text UNIQUE)");
    run(postgres.owner(), "INSERT INTO named VALUES ('Ada Canary')");
    assertThatThrownBy(() -> run(postgres.owner(), "INSERT INTO named VALUES ('Ada Canary')"))
        .isInstanceOf(SQLException.class);
    assertThat(Files.readString(folder.resolve("postgres.log")))
        .contains("duplicate key")
        .doesNotContain("Canary");
  }

  @Test
  void a_second_database_is_empty_too() throws Exception {
    run(postgres.owner(), "CREATE TABLE here ()");
    postgres.createDatabase("other");
    postgres.createDatabase("other");
    assertThat(ask(postgres.owner("other"), "SELECT to_regclass('here')")).isNull();
    assertThatThrownBy(() -> postgres.createDatabase("x; DROP DATABASE fovea"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String permissions(String name) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }

  private static String isMember(String group) {
    return "SELECT pg_has_role(current_user, '" + group + "', 'member')";
  }

  private static void run(RegistrySettings login, String sql) throws SQLException {
    try (Connection connection = PostgresLogins.connect(login);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(RegistrySettings login, String sql) throws SQLException {
    try (Connection connection = PostgresLogins.connect(login);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
