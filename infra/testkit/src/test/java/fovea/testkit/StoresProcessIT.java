package fovea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.registry.RegistrySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresProcessIT {
  private static final ObjectKey KEY = new ObjectKey("models/kept");

  @TempDir Path data;

  @Test
  void both_stores_outlive_a_killed_process_and_stop_with_a_closed_one() throws Exception {
    long orphan;
    try (StoresProcess killed = StoresProcess.start(data)) {
      run(killed.owner(), "CREATE TABLE kept AS SELECT 'kept' AS word");
      try (ObjectStore objects = ObjectStore.open(killed.objects())) {
        objects.write(KEY, new byte[] {7}, "x/y");
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env())))
          .isEqualTo("rw-------");
      orphan = postmaster();
      killed.handle().destroyForcibly();
      killed.handle().onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(isAlive(orphan)).as("Postgres outlives a killed owner").isTrue();
    long last;
    try (StoresProcess again = StoresProcess.start(data)) {
      assertThat(endsSoon(orphan)).isTrue();
      assertThat(ask(again.owner(), "SELECT word FROM kept")).isEqualTo("kept");
      assertThat(ask(again.jobs(), "SELECT current_user")).isEqualTo(again.jobs().user());
      assertThat(ask(again.api(), "SELECT current_user")).isEqualTo(again.api().user());
      try (ObjectStore objects = ObjectStore.open(again.objects())) {
        assertThat(objects.read(KEY, 1)).hasValue(new byte[] {7});
      }
      last = postmaster();
    }
    assertThat(endsSoon(last)).as("a closed process takes Postgres with it").isTrue();
  }

  private Path env() {
    return data.resolve("platform.env");
  }

  private long postmaster() throws Exception {
    Path file = data.resolve("postgres/cluster/postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).get(0).strip());
  }

  // An ended process counts as alive until init has reaped it.
  private static boolean endsSoon(long pid) throws InterruptedException {
    for (int i = 0; i < 100 && isAlive(pid); i++) {
      Thread.sleep(100);
    }
    return !isAlive(pid);
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static void run(RegistrySettings login, String sql) throws Exception {
    try (Connection connection = connect(login)) {
      connection.createStatement().execute(sql);
    }
  }

  private static String ask(RegistrySettings login, String sql) throws Exception {
    try (Connection connection = connect(login);
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(RegistrySettings login) throws Exception {
    return DriverManager.getConnection(login.url(), login.user(), login.password());
  }
}
