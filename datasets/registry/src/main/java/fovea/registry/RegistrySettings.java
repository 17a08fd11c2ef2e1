package fovea.registry;

import fovea.contract.errors.CallerMistake;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach Postgres.
 *
 * @param url JDBC URL without credentials, for example {@code
 *     jdbc:postgresql://127.0.0.1:5432/fovea}
 */
public record RegistrySettings(String url, String user, String password) implements Serializable {

  /**
   * Reads {@code DATABASE_URL} ({@code jdbc:postgresql://host:port/db} or {@code
   * postgresql://user:password@host:port/db}), {@code DATABASE_USER} and {@code DATABASE_PASSWORD};
   * the latter two win over what the URL says. With {@code NODE_ENV=production} the server's
   * certificate is verified, unless the URL has an {@code sslmode} or the server is this machine.
   *
   * @throws CallerMistake where the URL is missing or no such URL, or nobody is named as user
   */
  public static RegistrySettings from(Map<String, String> environment) {
    return read(environment, "DATABASE_")
        .orElseThrow(
            () ->
                new CallerMistake(
                    "no-database",
                    "DATABASE_URL is not set, so the registry cannot be found",
                    "Start the platform with ./fovea up, or set DATABASE_URL, DATABASE_USER and"
                        + " DATABASE_PASSWORD"));
  }

  /**
   * The login that owns the tables, from {@code DATABASE_OWNER_URL}, {@code DATABASE_OWNER_USER}
   * and {@code DATABASE_OWNER_PASSWORD}; empty where the URL is not set.
   */
  public static Optional<RegistrySettings> owner(Map<String, String> environment) {
    return read(environment, "DATABASE_OWNER_");
  }

  /** The same database under another login. */
  public RegistrySettings as(String otherUser, String otherPassword) {
    return new RegistrySettings(url, otherUser, otherPassword);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }

  private static Optional<RegistrySettings> read(Map<String, String> environment, String prefix) {
    String given = environment.getOrDefault(prefix + "URL", "").strip();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    DatabaseUrl url = DatabaseUrl.parse(prefix + "URL", given);
    String user = environment.getOrDefault(prefix + "USER", url.user());
    if (user.isEmpty()) {
      throw new CallerMistake(
          "no-database-user",
          prefix + "URL names no user and " + prefix + "USER is not set",
          "Set " + prefix + "USER and " + prefix + "PASSWORD");
    }
    String password = environment.getOrDefault(prefix + "PASSWORD", url.password());
    boolean production = environment.getOrDefault("NODE_ENV", "").equals("production");
    String jdbc = production ? url.verified() : url.jdbc();
    return Optional.of(new RegistrySettings(jdbc, user, password));
  }
}
