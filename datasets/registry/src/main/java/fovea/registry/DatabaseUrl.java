package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.contract.errors.CallerMistake;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A database URL taken apart, so that credentials never travel inside a URL that may be shown. */
record DatabaseUrl(String jdbc, String user, String password) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * @param variable where it came from, for the message
   */
  static DatabaseUrl parse(String variable, String text) {
    String plain = text.startsWith("jdbc:") ? text.substring(5) : text;
    try {
      URI uri = new URI(plain);
      String scheme = String.valueOf(uri.getScheme());
      if (!scheme.equals("postgresql") && !scheme.equals("postgres") || uri.getHost() == null) {
        throw mistake(variable);
      }
      return taken(uri);
    } catch (URISyntaxException notAUrl) {
      throw mistake(variable);
    }
  }

  /** The JDBC URL with a verified server, where it says nothing of TLS and leads elsewhere. */
  String verified() {
    URI uri = URI.create(jdbc.substring(5));
    boolean here = LOOPBACK.contains(uri.getHost());
    return here || jdbc.contains("sslmode=")
        ? jdbc
        : jdbc + (jdbc.contains("?") ? "&" : "?") + "sslmode=verify-full";
  }

  private static DatabaseUrl taken(URI uri) {
    String info = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    int colon = info.indexOf(':');
    String user = decoded(colon < 0 ? info : info.substring(0, colon));
    String password = colon < 0 ? "" : decoded(info.substring(colon + 1));
    List<String> kept = new ArrayList<>();
    for (String pair : uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
      if (pair.startsWith("user=")) {
        user = decoded(pair.substring(5));
      } else if (pair.startsWith("password=")) {
        password = decoded(pair.substring(9));
      } else if (!pair.isEmpty()) {
        kept.add(pair);
      }
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
    return new DatabaseUrl(
        "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query, user, password);
  }

  // Java's decoder reads forms, where a plus is a space; in a URL's user info it is a plus.
  private static String decoded(String raw) {
    return URLDecoder.decode(raw.replace("+", "%2B"), UTF_8);
  }

  private static CallerMistake mistake(String variable) {
    return new CallerMistake(
        "bad-database-url",
        variable + " is no URL of a Postgres database",
        "Give jdbc:postgresql://host:port/database or postgresql://user:password@host:port/database");
  }
}
