package fovea.ingest.archive;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names from inside an archive: looked at, never used as a path. */
final class Names {
  /** What the API takes as a name of a session's file. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._ -]{1,100}");

  private static final Pattern DOTS = Pattern.compile("\\.+");
  private static final Pattern UNSAFE =
      Pattern.compile("(^|.*[/\\\\])\\.\\.([/\\\\].*|$)|[/\\\\].*|[A-Za-z]:.*", Pattern.DOTALL);

  private Names() {}

  /** Whether a name climbs out of its folder, is absolute, or hides control characters. */
  static boolean unsafe(String name) {
    return name.isEmpty()
        || UNSAFE.matcher(name).matches()
        || name.chars().anyMatch(letter -> letter < ' ' || letter == 0x7f);
  }

  /** The name without folders, where a session's file may be called that. */
  static Optional<String> plain(String name) {
    String base = name.substring(name.lastIndexOf('/') + 1);
    return Optional.of(base).filter(b -> PLAIN.matcher(b).matches() && !DOTS.matcher(b).matches());
  }
}
