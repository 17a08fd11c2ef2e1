package fovea.catalog;

import fovea.contract.errors.CallerMistake;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where the API is and who signs in.
 *
 * @param url of the API, for example {@code http://127.0.0.1:8080}
 * @param email of the user
 * @param password of the user; never printed
 * @param attempts tries of one request, the first included
 * @param pause before the second try; doubles each time, with jitter
 */
public record ApiSettings(URI url, String email, String password, int attempts, Duration pause) {

  /**
   * From {@code FOVEA_API_URL FOVEA_ADMIN_EMAIL FOVEA_ADMIN_PASSWORD}.
   *
   * @throws CallerMistake where one is missing
   */
  public static ApiSettings from(Map<String, String> environment) {
    return of(
        URI.create(required(environment, "FOVEA_API_URL")),
        required(environment, "FOVEA_ADMIN_EMAIL"),
        required(environment, "FOVEA_ADMIN_PASSWORD"));
  }

  /** With eight attempts, over about half a minute: enough for a store that answers 503 often. */
  public static ApiSettings of(URI url, String email, String password) {
    return new ApiSettings(url, email, password, 8, Duration.ofMillis(250));
  }

  @Override
  public String toString() {
    return "ApiSettings[url=" + url + ", email=" + email + "]";
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new CallerMistake(
          "missing-variable",
          name + " is not set",
          "Start the platform with ./fovea up, or set the variable");
    }
    return value;
  }
}
