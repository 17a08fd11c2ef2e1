package fovea.api.http;

/** A refusal whose words are fixed: it tells nothing about why. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  private Refusal(int status, String code, String sentence) {
    super(sentence);
    this.status = status;
    this.code = code;
  }

  public static Refusal tokenRequired() {
    return new Refusal(401, "token-required", "Access token required");
  }

  public static Refusal invalidToken() {
    return new Refusal(403, "invalid-token", "Invalid token");
  }

  public static Refusal notPermitted() {
    return new Refusal(403, "not-permitted", "Your role does not allow this");
  }

  public static Refusal secondFactorMissing() {
    return new Refusal(403, "second-factor-missing", "Add a second factor to your account first");
  }

  public static Refusal codeRequired() {
    return new Refusal(401, "code-required", "The code of the second factor is required");
  }

  public static Refusal wrongCode() {
    return new Refusal(401, "wrong-code", "The code is wrong or was used before");
  }

  public static Refusal tooManyTries() {
    return new Refusal(429, "too-many-tries", "Too many tries; wait before the next");
  }

  public static Refusal badCredentials() {
    return new Refusal(401, "bad-credentials", "Email or password is wrong");
  }

  /** When to come again stands in the header {@code Retry-After}. */
  public static Refusal tooManyRequests(String limit) {
    return new Refusal(429, "too-many-requests", "Too many requests: limit " + limit);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
