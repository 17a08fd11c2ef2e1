package fovea.contract.consent;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a patient decided on a purpose; the newest decision counts. */
public enum Decision {
  /** Allowed. */
  GIVEN,
  /** Allowed no longer, or never. */
  WITHDRAWN;

  /** Where there is no decision. */
  public static final String UNRECORDED = "unrecorded";

  /** Lower case, as in the registry. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The decision of a word, or empty. */
  public static Optional<Decision> of(String word) {
    return Stream.of(values()).filter(d -> d.word().equals(word)).findFirst();
  }
}
