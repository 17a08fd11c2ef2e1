package fovea.api;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.PlatformEnv;
import fovea.embedded.EmbeddedObjectStore;
import fovea.embedded.EmbeddedPostgres;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.RegistrySettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * The stores as an operator reaches them, with the login that owns the tables: those of the
 * environment, else those of a platform that is up, else those of the data folder, started for the
 * while.
 */
final class OperatorStores implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final RegistrySettings owner;
  private final ObjectStore objects;

  private OperatorStores(PlatformSettings settings, Map<String, String> environment) {
    boolean up = isUp(settings);
    try {
      if (!up) {
        started.push(DataFolder.take(settings.data()));
      }
      owner = owner(settings, environment, up);
      objects = ObjectStore.open(objects(settings, environment, up));
      started.push(objects);
    } catch (RuntimeException failed) {
      close();
      throw failed;
    }
  }

  static OperatorStores open(PlatformSettings settings, Map<String, String> environment) {
    return new OperatorStores(settings, environment);
  }

  private static boolean isUp(PlatformSettings settings) {
    String pid = PlatformEnv.read(settings.data().resolve(PlatformEnv.FILE)).get("FOVEA_API_PID");
    return pid != null && ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  RegistrySettings owner() {
    return owner;
  }

  ObjectStore objects() {
    return objects;
  }

  private RegistrySettings owner(
      PlatformSettings settings, Map<String, String> environment, boolean up) {
    if (Database.given(environment)) {
      return RegistrySettings.owner(environment)
          .orElseThrow(
              () ->
                  new CallerMistake(
                      "no-owner-login",
                      "only the login that owns the tables sees the whole audit log",
                      "Set DATABASE_OWNER_URL, DATABASE_OWNER_USER and DATABASE_OWNER_PASSWORD"));
    }
    var folder = settings.data().resolve("postgres");
    if (up) {
      return EmbeddedPostgres.ownerOf(folder);
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, settings.postgresPort());
    started.push(postgres);
    return postgres.owner();
  }

  private ObjectStoreSettings objects(
      PlatformSettings settings, Map<String, String> environment, boolean up) {
    if (Platform.STORE_VARIABLES.stream().anyMatch(environment::containsKey)) {
      return ObjectStoreSettings.from(environment);
    }
    if (up) {
      return ObjectStoreSettings.from(PlatformEnv.read(settings.data().resolve(PlatformEnv.FILE)));
    }
    EmbeddedObjectStore store =
        EmbeddedObjectStore.start(settings.data().resolve("objects"), settings.objectsPort());
    started.push(store);
    return store.settings();
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failed) {
        throw new IllegalStateException("a store did not stop", failed);
      }
    }
  }
}
