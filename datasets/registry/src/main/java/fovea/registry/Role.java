package fovea.registry;

import java.util.Locale;

/** What a user may do. */
public enum Role {
  /** Treats patients. */
  DOCTOR,
  /** Works with pseudonyms. */
  RESEARCHER,
  /** A program that trains models. */
  ML_PIPELINE,
  /** Runs the organisation. */
  ADMIN;

  /** Whether patients' names are readable. */
  public boolean mayReadNames() {
    return this == DOCTOR || this == ADMIN;
  }

  /** As stored: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a stored word. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
