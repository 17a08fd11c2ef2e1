package fovea.contract.cohort;

import java.util.Locale;
import java.util.Optional;

/** Which eye. */
public enum Laterality {
  /** Oculus sinister. */
  LEFT,
  /** Oculus dexter. */
  RIGHT;

  /** Lower-case name, as stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@code left, l, os, right, r, od}, without case. */
  public static Optional<Laterality> of(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "left", "l", "os" -> Optional.of(LEFT);
      case "right", "r", "od" -> Optional.of(RIGHT);
      default -> Optional.empty();
    };
  }
}
