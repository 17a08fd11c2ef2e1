package fovea.api.http;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The codes of problems, each with its status. */
public final class Codes {
  /** Those that are no {@link Errors#STATUS}. */
  private static final Map<Integer, String> OTHERS =
      Map.of(
          400,
          "bad-field bad-idempotency-key bad-parameter file-too-large invalid-file-type"
              + " malformed-json missing-field unknown-field unknown-parameter",
          401,
          "bad-credentials token-required",
          403,
          "invalid-token not-permitted",
          404,
          "no-such-route",
          405,
          "no-such-method",
          429,
          "too-many-requests",
          500,
          "internal-error",
          503,
          "objects-unavailable registry-unavailable");

  private Codes() {}

  /** All of them, in the order of the alphabet. */
  public static SortedMap<String, Integer> all() {
    SortedMap<String, Integer> all = new TreeMap<>(Errors.STATUS);
    OTHERS.forEach(
        (status, codes) -> {
          for (String code : codes.split(" ", -1)) {
            all.put(code, status);
          }
        });
    return all;
  }
}
