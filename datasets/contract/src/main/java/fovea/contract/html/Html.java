package fovea.contract.html;

/** Text inside HTML and SVG: the one way every report writes it. */
public final class Html {
  private Html() {}

  /** Safe as text and inside quoted attributes. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
