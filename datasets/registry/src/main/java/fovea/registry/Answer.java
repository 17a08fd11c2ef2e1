package fovea.registry;

/**
 * What a request was answered with.
 *
 * @param status of HTTP
 * @param text the body as it was sent; may hold what only its caller may read
 */
public record Answer(int status, String mediaType, String text) {

  /** Without its text. */
  @Override
  public String toString() {
    return "an answer of status " + status;
  }
}
