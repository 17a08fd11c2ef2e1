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
    return Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .locations("classpath:fovea/registry/migrations")
        .validateMigrationNaming(true)
        .cleanDisabled(true)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
