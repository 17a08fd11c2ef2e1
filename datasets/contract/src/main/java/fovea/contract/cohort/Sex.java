package fovea.contract.cohort;

import java.util.Locale;
import java.util.Optional;

/** Sex as recorded. */
public enum Sex {
  /** Female. */
  FEMALE,
  /** Male. */
  MALE,
  /** Recorded as neither. */
  OTHER;

  /** Lower-case name, as stored. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@code female, f, male, m, other, o}, without case. */
  public static Optional<Sex> of(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "female", "f", "woman" -> Optional.of(FEMALE);
      case "male", "m", "man" -> Optional.of(MALE);
      case "other", "o" -> Optional.of(OTHER);
      default -> Optional.empty();
    };
  }
}
