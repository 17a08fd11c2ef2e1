package fovea.preprocess.anatomy;

import java.util.Locale;

/** Why a feature was not measured: a stable code, a sentence for people. */
public enum Missing {
  /** Nothing is measured on photographs graded reject. */
  PHOTOGRAPH_REJECTED("The photograph is not good enough to measure anything"),
  /** No place looks enough like a disc. */
  NO_CLEAR_DISC("No optic disc stands out"),
  /** No dark spot where the fovea would lie. */
  NO_CLEAR_FOVEA("No fovea stands out"),
  /** The disc lies near the middle and the fovea is not seen. */
  SIDE_NOT_CLEAR("Disc and fovea do not tell which eye it is"),
  /** Part of the disc lies beyond the field. */
  DISC_CUT_OFF("Part of the optic disc lies outside the field"),
  /** Too few pixels across the disc. */
  DISC_TOO_SMALL("The photograph has too few pixels to measure the cup"),
  /** No step in brightness between rim and cup. */
  CUP_NOT_CLEAR("The cup does not stand out from the rim"),
  /** Contrast or focus too low to tell vessels from noise. */
  VESSELS_NOT_CLEAR("The vessels do not stand out");

  private final String sentence;

  Missing(String sentence) {
    this.sentence = sentence;
  }

  /** Stable code in kebab-case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence for a person. */
  public String sentence() {
    return sentence;
  }
}
