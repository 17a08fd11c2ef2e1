package fovea.objects;

import fovea.contract.errors.CallerMistake;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads settings from environment variables; an empty variable counts as absent. */
record ObjectStoreVariables(Map<String, String> environment) {
  static final String FOLDER = "FOVEA_OBJECTS_DIR";
  static final String ENDPOINT = "S3_ENDPOINT";
  static final String BUCKET = "S3_BUCKET_NAME";
  static final String REGION = "AWS_REGION";
  static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
  static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  static final String PATH_STYLE = "S3_PATH_STYLE";

  ObjectStoreSettings settings() {
    if (given(FOLDER)) {
      return ObjectStoreSettings.local(java.nio.file.Path.of(first(FOLDER)));
    }
    return given("R2_ACCOUNT_ID") && !given(ENDPOINT) ? r2() : s3();
  }

  private ObjectStoreSettings s3() {
    String endpoint = endpoint();
    Keys keys = keys();
    String region = first(REGION, "AWS_DEFAULT_REGION");
    return new ObjectStoreSettings(
        ObjectStoreSettings.S3,
        endpoint,
        region.isEmpty() ? "us-east-1" : region,
        bucket(BUCKET, "R2_BUCKET_NAME"),
        keys.access,
        keys.secret,
        pathStyle(!endpoint.isEmpty() && !endpoint.contains(".amazonaws.com")));
  }

  private ObjectStoreSettings r2() {
    String account = first("R2_ACCOUNT_ID");
    if (!account.matches("[A-Za-z0-9-]{1,64}")) {
      throw bad("R2_ACCOUNT_ID", "letters and digits", account);
    }
    String access = first("R2_ACCESS_KEY_ID", ACCESS_KEY);
    String secret = first("R2_SECRET_ACCESS_KEY", SECRET_KEY);
    if (access.isEmpty() || secret.isEmpty()) {
      throw missing(
          "R2_ACCOUNT_ID is set but its keys are not", "R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY");
    }
    return new ObjectStoreSettings(
        ObjectStoreSettings.S3,
        "https://" + account + ".r2.cloudflarestorage.com",
        "auto",
        bucket("R2_BUCKET_NAME", BUCKET),
        access,
        secret,
        pathStyle(true));
  }

  private record Keys(String access, String secret) {}

  // Temporary credentials need their session token, which only the SDK's own chain reads.
  private Keys keys() {
    if (given("AWS_SESSION_TOKEN")) {
      return new Keys("", "");
    }
    if (given(ACCESS_KEY) != given(SECRET_KEY)) {
      throw missing("one of the two S3 keys is missing", ACCESS_KEY + " and " + SECRET_KEY);
    }
    return new Keys(first(ACCESS_KEY), first(SECRET_KEY));
  }

  private String bucket(String... variables) {
    String bucket = first(variables);
    if (bucket.isEmpty()) {
      throw missing(
          "no object store is configured",
          variables[0] + " (a bucket) or " + FOLDER + " (a folder)");
    }
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw bad(variables[0], "3 to 63 lower-case letters, digits, dots and hyphens", bucket);
    }
    return bucket;
  }

  private String endpoint() {
    String endpoint = first(ENDPOINT).replaceAll("/+$", "");
    if (!endpoint.isEmpty() && !isHttp(endpoint)) {
      throw bad(ENDPOINT, "a URL such as http://127.0.0.1:9000", withoutUser(endpoint));
    }
    return endpoint;
  }

  private static String withoutUser(String url) {
    return url.replaceAll("[^/]*@", "***@");
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && uri.getUserInfo() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException notAUri) {
      return false;
    }
  }

  private boolean pathStyle(boolean standard) {
    String text = first(PATH_STYLE).toLowerCase(Locale.ROOT);
    return switch (text) {
      case "" -> standard;
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> throw bad(PATH_STYLE, "true or false", text);
    };
  }

  private boolean given(String variable) {
    return !first(variable).isEmpty();
  }

  private String first(String... variables) {
    return Stream.of(variables)
        .map(name -> environment.getOrDefault(name, "").strip())
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static CallerMistake missing(String what, String variables) {
    return new CallerMistake("missing-setting", what, "Set " + variables);
  }

  // The value is shown only for variables that hold no secret.
  private static CallerMistake bad(String variable, String range, String value) {
    return new CallerMistake(
        "bad-setting", variable + " must be " + range + ", cannot be: " + value, "Correct it");
  }
}
