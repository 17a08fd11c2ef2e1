package fovea.api.http;

import java.util.Locale;

/**
 * An error as RFC 9457 has it.
 *
 * @param type where the code is explained
 * @param title the same for every error of this code
 * @param detail one sentence on this one: what, why, and what to do
 * @param code stable: programs decide by it
 * @param error the detail under its name of before
 */
public record Problem(
    String type, String title, int status, String detail, String code, String error) {
  /** What an error's content type is. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(int status, String code, String sentence) {
    return new Problem("/v1/docs#" + code, title(code), status, sentence, code, sentence);
  }

  private static String title(String code) {
    String words = code.replace('-', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
