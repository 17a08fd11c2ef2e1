package fovea.embedded;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.PlatformEnv;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Both embedded stores as a process of their own, for programs that must not have them on their
 * class path. Writes {@code platform.env} into the data folder, prints {@code READY}, and stops
 * when its standard input ends or it gets SIGTERM.
 *
 * <p>Exit codes: 0 stopped, 2 the caller's mistake, 3 ours.
 */
public final class StoresMain {
  private static final Setting<String> DATA =
      Setting.required("data", "Folder in which the stores keep everything");
  private static final Setting<Integer> POSTGRES_PORT =
      Setting.integer("postgres-port", 0, 0, 65535, "Port of Postgres, 0 for any free one");
  private static final Setting<Integer> OBJECTS_PORT =
      Setting.integer("objects-port", 0, 0, 65535, "Port of the S3 service, 0 for any free one");
  private static final List<Setting<?>> ALL = List.of(DATA, POSTGRES_PORT, OBJECTS_PORT);

  private StoresMain() {}

  /** {@code --data DIR [--postgres-port N] [--objects-port N]}. */
  public static void main(String[] arguments) {
    try {
      run(SettingValues.parse(List.of(arguments), ALL, Map.of()));
      System.exit(0);
    } catch (CallerMistake mistake) {
      System.err.println(mistake.getMessage());
      System.exit(2);
    } catch (RuntimeException | InterruptedException failed) {
      failed.printStackTrace();
      System.exit(3);
    }
  }

  private static void run(SettingValues values) throws InterruptedException {
    Path data = Path.of(values.value(DATA));
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped)));
    try (EmbeddedPostgres postgres =
            EmbeddedPostgres.start(data.resolve("postgres"), values.value(POSTGRES_PORT));
        EmbeddedObjectStore objects =
            EmbeddedObjectStore.start(data.resolve("objects"), values.value(OBJECTS_PORT))) {
      PlatformEnv.write(data.resolve(PlatformEnv.FILE), variables(postgres, objects));
      Thread reader = new Thread(() -> stopAtEndOfInput(stop), "standard-input");
      reader.setDaemon(true);
      reader.start();
      System.out.println("READY");
      stop.await();
    } finally {
      stopped.countDown();
    }
  }

  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopAtEndOfInput(CountDownLatch stop) {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // An unreadable input has ended.
    }
    stop.countDown();
  }

  /**
   * What jobs need, and beside it the logins of the owner and the api, for tests that seed data.
   */
  private static Map<String, String> variables(
      EmbeddedPostgres postgres, EmbeddedObjectStore objects) {
    Map<String, String> variables = new LinkedHashMap<>();
    RegistrySettings jobs = postgres.jobs();
    variables.put("DATABASE_URL", jobs.url());
    variables.put("DATABASE_USER", jobs.user());
    variables.put("DATABASE_PASSWORD", jobs.password());
    variables.put("DATABASE_OWNER_USER", postgres.owner().user());
    variables.put("DATABASE_OWNER_PASSWORD", postgres.owner().password());
    variables.put("DATABASE_API_USER", postgres.api().user());
    variables.put("DATABASE_API_PASSWORD", postgres.api().password());
    variables.putAll(objects.settings().variables());
    return variables;
  }
}
