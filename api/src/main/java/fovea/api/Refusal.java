package fovea.api;

/** A refusal whose words are fixed: it tells nothing about why. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  private Refusal(int status, String code, String sentence) {
    super(sentence);
    this.status = status;
    this.code = code;
  }

  static Refusal tokenRequired() {
    return new Refusal(401, "token-required", "Access token required");
  }

  static Refusal invalidToken() {
    return new Refusal(403, "invalid-token", "Invalid token");
  }

  static Refusal badCredentials() {
    return new Refusal(401, "bad-credentials", "Email or password is wrong");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
