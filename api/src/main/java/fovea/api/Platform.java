package fovea.api;

import fovea.api.http.Route;
import fovea.api.identity.Tokens;
import fovea.api.operations.AuditKeeper;
import fovea.api.operations.StoredArchives;
import fovea.contract.settings.PlatformEnv;
import fovea.embedded.EmbeddedObjectStore;
import fovea.embedded.EmbeddedPostgres;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.NameCipher;
import fovea.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores and API together: what is not given by the environment is started here. What was started
 * is stopped in reverse, also after a start that failed half-way.
 */
final class Platform implements AutoCloseable {
  static final List<String> STORE_VARIABLES =
      List.of("FOVEA_OBJECTS_DIR", "S3_BUCKET_NAME", "S3_ENDPOINT", "R2_BUCKET_NAME");

  private final Map<String, String> environment;
  private final PlatformSettings settings;
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private String url = "";
  private List<Route> routes = List.of();

  private Platform(PlatformSettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /**
   * Starts what is missing and serves.
   *
   * @param data held by the caller for as long as the platform is up
   */
  static Platform start(
      DataFolder data,
      PlatformSettings settings,
      ApiSettings api,
      Map<String, String> environment) {
    Platform platform = new Platform(settings, environment);
    try {
      platform.serve(data.path(), api);
      return platform;
    } catch (RuntimeException failed) {
      platform.close();
      throw failed;
    }
  }

  /** Where the API listens. */
  String url() {
    return url;
  }

  /** What it serves, and to whom. */
  List<Route> routes() {
    return routes;
  }

  private void serve(Path data, ApiSettings apiSettings) {
    PlatformSecrets secrets = PlatformSecrets.of(data, environment);
    Tokens tokens = Tokens.of(secrets.jwtSecret(), apiSettings.identity().tokenLifetime());
    NameCipher names = NameCipher.of(secrets.encryptionKey(), secrets.oldEncryptionKeys());
    Database database = database(data);
    database.prepare();
    database.rotate(names);
    Optional<Actor> admin =
        database.bootstrap(settings.organization(), settings.adminEmail(), secrets.adminPassword());
    ObjectStoreSettings objectSettings = objects(data);
    ObjectStore objects = keep(ObjectStore.open(objectSettings));
    ApiRegistry registry = keep(ApiRegistry.open(database.api(), names));
    database.owner().ifPresent(owner -> keepAudit(owner, objects, apiSettings));
    FoveaApi api = keep(FoveaApi.start(spared(apiSettings, admin), registry, objects, tokens));
    url = api.url();
    routes = api.routes();
    Path file = data.resolve(PlatformEnv.FILE);
    keep(() -> file.toFile().delete());
    PlatformEnv.write(file, variables(database, objectSettings, secrets));
  }

  private void keepAudit(RegistrySettings owner, ObjectStore objects, ApiSettings api) {
    keep(AuditKeeper.start(owner, new StoredArchives(objects), api.operations().keepAudit()));
  }

  // Who can read platform.env has the stores themselves: limits keep nothing from the operator, and
  // would keep ./fovea load from loading.
  private ApiSettings spared(ApiSettings api, Optional<Actor> admin) {
    boolean spared =
        switch (api.limits().operator()) {
          case "on" -> false;
          case "off" -> true;
          default -> !Database.given(environment);
        };
    return admin.filter(a -> spared).map(a -> api.sparing(a.user())).orElse(api);
  }

  private Database database(Path data) {
    return Database.given(environment)
        ? Database.from(environment)
        : Database.of(
            keep(EmbeddedPostgres.start(data.resolve("postgres"), settings.postgresPort())));
  }

  private ObjectStoreSettings objects(Path data) {
    return STORE_VARIABLES.stream().anyMatch(environment::containsKey)
        ? ObjectStoreSettings.from(environment)
        : keep(EmbeddedObjectStore.start(data.resolve("objects"), settings.objectsPort()))
            .settings();
  }

  private Map<String, String> variables(
      Database database, ObjectStoreSettings objects, PlatformSecrets secrets) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("FOVEA_API_URL", url);
    variables.put("FOVEA_API_PID", Long.toString(ProcessHandle.current().pid()));
    variables.put("FOVEA_ADMIN_EMAIL", settings.adminEmail());
    variables.put("FOVEA_ADMIN_PASSWORD", secrets.adminPassword());
    database.jobs().ifPresent(jobs -> putJobs(variables, jobs));
    variables.putAll(objects.variables());
    return variables;
  }

  private static void putJobs(Map<String, String> variables, RegistrySettings jobs) {
    variables.put("DATABASE_URL", jobs.url());
    variables.put("DATABASE_USER", jobs.user());
    variables.put("DATABASE_PASSWORD", jobs.password());
  }

  private <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  /** Stops everything that this platform started; the last part that fails to stop does no harm. */
  @Override
  public synchronized void close() {
    Logger log = LoggerFactory.getLogger(Platform.class);
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failed) {
        log.error("a part of the platform did not stop", failed);
      }
    }
  }
}
