package fovea.catalog;

/** The API refused one request (4xx): that row is reported, the import goes on. */
public final class ApiRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ApiRefusal(int status, String code, String sentence) {
    super(sentence);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The API's stable code. */
  public String code() {
    return code;
  }
}
