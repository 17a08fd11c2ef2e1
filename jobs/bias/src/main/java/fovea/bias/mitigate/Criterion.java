package fovea.bias.mitigate;

import java.util.Locale;

/** What groups are to have in common (Hardt, Price and Srebro 2016). */
public enum Criterion {
  /** The true positive rate. */
  EQUAL_OPPORTUNITY,
  /** The true and the false positive rate. */
  EQUALISED_ODDS;

  /** Lower-case with dashes, as in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
