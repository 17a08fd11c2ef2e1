package fovea.registry;

import java.io.Serializable;

/**
 * How to reach Postgres.
 *
 * @param url JDBC URL, for example {@code jdbc:postgresql://127.0.0.1:5432/fovea}
 */
public record RegistrySettings(String url, String user, String password) implements Serializable {

  /** Without the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
