package fovea.registry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import fovea.contract.errors.CallerMistake;

/**
 * Connection pools with bounded waits: a silent database costs a caller seconds, never a thread.
 */
final class Pools {
  private Pools() {}

  /**
   * @param name seen in {@code pg_stat_activity}
   * @param most connections
   * @param readSeconds how long one statement may stay silent
   * @throws CallerMistake where the database cannot be reached or refuses the login
   */
  static HikariDataSource open(RegistrySettings settings, String name, int most, int readSeconds) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    config.setMaxLifetime(3_600_000);
    config.addDataSourceProperty("ApplicationName", name);
    config.addDataSourceProperty("connectTimeout", "5");
    config.addDataSourceProperty("socketTimeout", Integer.toString(readSeconds));
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException unreachable) {
      throw new CallerMistake(
          "registry-unreachable",
          "Postgres cannot be reached: " + settings,
          "Start the platform with ./fovea up, or check DATABASE_URL, DATABASE_USER and"
              + " DATABASE_PASSWORD");
    }
  }
}
