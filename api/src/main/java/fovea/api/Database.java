package fovea.api;

import fovea.embedded.EmbeddedPostgres;
import fovea.registry.Actor;
import fovea.registry.Bootstrap;
import fovea.registry.Logins;
import fovea.registry.Migrations;
import fovea.registry.NameCipher;
import fovea.registry.NameRotation;
import fovea.registry.RegistrySettings;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Postgres, and with which logins: the API's own, the jobs' where it is known, and the
 * owner's where this process may migrate and bootstrap.
 */
record Database(
    RegistrySettings api, Optional<RegistrySettings> jobs, Optional<RegistrySettings> owner) {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  static boolean given(Map<String, String> environment) {
    return !environment.getOrDefault("DATABASE_URL", "").isBlank();
  }

  static Database of(EmbeddedPostgres postgres) {
    return new Database(
        postgres.api(), Optional.of(postgres.jobs()), Optional.of(postgres.owner()));
  }

  /**
   * {@code DATABASE_URL/USER/PASSWORD} is the API's login, {@code DATABASE_JOBS_USER/PASSWORD} the
   * jobs', {@code DATABASE_OWNER_URL/USER/PASSWORD} the owner's.
   */
  static Database from(Map<String, String> environment) {
    RegistrySettings api = RegistrySettings.from(environment);
    Optional<RegistrySettings> jobs =
        Optional.ofNullable(environment.get("DATABASE_JOBS_USER"))
            .map(user -> api.as(user, environment.getOrDefault("DATABASE_JOBS_PASSWORD", "")));
    return new Database(api, jobs, RegistrySettings.owner(environment));
  }

  /** Brings tables and logins up to date, where the owner's login is known. */
  void prepare() {
    owner.ifPresent(
        login -> {
          Migrations.run(login);
          ensure(login, api, Logins.API);
          jobs.ifPresent(settings -> ensure(login, settings, Logins.JOBS));
        });
  }

  /** Encrypts names under the present key, where the owner's login is known. */
  void rotate(NameCipher names) {
    int rotated = owner.map(login -> NameRotation.run(login, names)).orElse(0);
    if (rotated > 0) {
      LOG.info("{} names and secrets were encrypted again; no old key is needed now", rotated);
    }
  }

  /** Makes the first organisation and its administrator, where the owner's login is known. */
  Optional<Actor> bootstrap(String organization, String email, String password) {
    return owner.map(login -> Bootstrap.run(login, organization, email, password));
  }

  private static void ensure(RegistrySettings owner, RegistrySettings login, String group) {
    Logins.ensure(owner, login.user(), login.password(), group);
  }
}
