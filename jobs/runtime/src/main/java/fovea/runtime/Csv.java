package fovea.runtime;

/** Text of people in the CSV reports of jobs. */
public final class Csv {
  private Csv() {}

  /**
   * One cell, quoted where it must be (RFC 4180). An apostrophe in front makes text of = + - @ tab
   * and carriage return (OWASP, CSV injection).
   */
  public static String cell(String text) {
    String safe = text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
    return safe.matches("(?s).*[,\"\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
