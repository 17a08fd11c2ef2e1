package fovea.train.data;

import java.io.Serializable;

/**
 * Whose eye it is, as far as research may know.
 *
 * @param patient pseudonym
 * @param sex {@code female}, {@code male}, {@code other} or {@code unknown}
 * @param ageBand for example {@code 40-49}, or {@code unknown}
 */
public record Subject(String patient, String sex, String ageBand) implements Serializable {
  /** Not recorded. */
  public static final String UNKNOWN = "unknown";

  /** A patient of whom nothing else is known. */
  public static Subject of(String patient) {
    return new Subject(patient, UNKNOWN, UNKNOWN);
  }
}
