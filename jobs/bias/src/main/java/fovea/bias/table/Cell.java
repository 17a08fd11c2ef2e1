package fovea.bias.table;

import java.util.Locale;
import java.util.Set;

/** What one cell says. */
final class Cell {
  /** Neither 0 nor 1, but a number, or no class: the column may be something else. */
  static final int OTHER = -1;

  /** Empty, or a word for it. */
  static final int MISSING = -2;

  /** No number and no word for yes or no. */
  static final int UNREADABLE = -3;

  private static final Set<String> NOTHING = Set.of("", "na", "n/a", "nan", "null", "none");

  private Cell() {}

  /** 1 or 0 for {@code 1, 1.0, true, yes} and {@code 0, 0.0, false, no}, else a constant above. */
  static int binary(String text) {
    String word = word(text);
    if (NOTHING.contains(word)) {
      return MISSING;
    }
    return switch (word) {
      case "1", "true", "yes" -> 1;
      case "0", "false", "no" -> 0;
      default -> fromNumber(number(word));
    };
  }

  /** A number, or NaN. */
  static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  static boolean isMissing(String text) {
    return NOTHING.contains(word(text));
  }

  private static int fromNumber(double number) {
    if (Double.isNaN(number)) {
      return UNREADABLE;
    }
    return number == 0 ? 0 : number == 1 ? 1 : OTHER;
  }

  private static String word(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
