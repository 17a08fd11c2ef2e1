package fovea.bias.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text inside HTML and SVG. */
final class Html {
  private Html() {}

  /** Safe as text and inside double-quoted attributes; control characters become spaces. */
  static String escape(String text) {
    return fovea.contract.html.Html.escaped(text.replaceAll("\\p{Cntrl}", " "));
  }

  static String style() {
    try (InputStream css = Html.class.getResourceAsStream("report.css")) {
      if (css == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
