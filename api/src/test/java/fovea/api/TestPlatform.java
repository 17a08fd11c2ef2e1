package fovea.api;

import fovea.api.http.Route;
import fovea.contract.settings.SettingValues;
import fovea.embedded.EmbeddedObjectStore;
import fovea.embedded.EmbeddedPostgres;
import fovea.objects.ObjectStore;
import fovea.registry.Bootstrap;
import fovea.registry.JobRegistry;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A platform whose stores are given by the environment, as an operator's are. */
final class TestPlatform implements AutoCloseable {
  static final String PASSWORD = "test-password";

  private static @Nullable TestPlatform shared;

  final EmbeddedPostgres postgres;
  final EmbeddedObjectStore objectStore;
  final ObjectStore objects;
  final JobRegistry jobs;
  final Client admin;
  final Client stranger;
  private final DataFolder data;
  private final Platform platform;

  /** One for all tests: it takes seconds to start. */
  static synchronized TestPlatform shared() {
    if (shared == null) {
      try {
        Path folder = Files.createTempDirectory("fovea-api");
        TestPlatform made = new TestPlatform(folder);
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      made.close();
                      delete(folder.toFile());
                    }));
        shared = made;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
    return shared;
  }

  private static void delete(File file) {
    File[] inside = file.listFiles();
    for (File each : inside == null ? new File[0] : inside) {
      delete(each);
    }
    file.delete();
  }

  private TestPlatform(Path folder) {
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
    objectStore = EmbeddedObjectStore.start(folder.resolve("objects"), 0);
    data = DataFolder.take(folder.resolve("data"));
    SettingValues values =
        SettingValues.of(
            Map.of(
                "port", "0",
                "session-photos", "3",
                "rate-limit", "false",
                "webhooks-inward", "true",
                "webhook-wait", "50",
                "webhook-tries", "3",
                "allowed-origins", "https://app.example.org",
                "sign-in-tries", "3",
                "data", data.path().toString()));
    platform =
        Platform.start(data, PlatformSettings.of(values), ApiSettings.of(values), environment());
    objects = ObjectStore.open(objectStore.settings());
    jobs = JobRegistry.open(postgres.jobs());
    Bootstrap.run(postgres.owner(), "Other", "admin@other.local", PASSWORD);
    Client nobody = Client.of(data.path());
    admin = nobody.signedIn("admin@fovea.local", PASSWORD);
    stranger = nobody.signedIn("admin@other.local", PASSWORD);
  }

  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(objectStore.settings().variables());
    environment.put("DATABASE_URL", postgres.api().url());
    environment.put("DATABASE_USER", postgres.api().user());
    environment.put("DATABASE_PASSWORD", postgres.api().password());
    environment.put("DATABASE_JOBS_USER", postgres.jobs().user());
    environment.put("DATABASE_JOBS_PASSWORD", postgres.jobs().password());
    environment.put("DATABASE_OWNER_URL", postgres.owner().url());
    environment.put("DATABASE_OWNER_USER", postgres.owner().user());
    environment.put("DATABASE_OWNER_PASSWORD", postgres.owner().password());
    environment.put("FOVEA_ADMIN_PASSWORD", PASSWORD);
    return environment;
  }

  /** A new user of the first organisation, signed in. */
  Person person(String role) {
    String email = UUID.randomUUID() + "@fovea.local";
    Client.Reply made =
        admin.post(
            "/v1/users",
            "{'email': '%s', 'name': 'x', 'role': '%s', 'password': '%s'}"
                .formatted(email, role, PASSWORD));
    return new Person(made.text("id"), email, admin.with(null).signedIn(email, PASSWORD));
  }

  record Person(String id, String email, Client client) {}

  List<Route> routes() {
    return platform.routes();
  }

  Path folder() {
    return data.path();
  }

  @Override
  public void close() {
    jobs.close();
    objects.close();
    platform.close();
    data.close();
    objectStore.close();
    postgres.close();
  }
}
