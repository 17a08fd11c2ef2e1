package fovea.registry;

import org.flywaydb.core.Flyway;

/** Brings the tables of a database up to date. */
public final class Migrations {
  private Migrations() {}

  /**
   * Runs what has not run yet, in order; does nothing where all has.
   *
   * @param owner the login that owns the tables and may create roles
   * @return how many migrations ran
   */
  public static int run(RegistrySettings owner) {
    return of(owner).migrate().migrationsExecuted;
  }

  /**
   * How many migrations have not run yet; runs none.
   *
   * @param owner the login that owns the tables
   */
  public static int pending(RegistrySettings owner) {
    return of(owner).info().pending().length;
  }

  private static Flyway of(RegistrySettings owner) {
    return Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .locations("classpath:fovea/registry/migrations")
        .validateMigrationNaming(true)
        .cleanDisabled(true)
        .load();
  }
}
