package fovea.preprocess.quality;

import java.util.Locale;

/** Whether a photograph serves, in the words of the EyeQ data set (Fu et al., MICCAI 2019). */
public enum Grade {
  /** Every structure can be judged. */
  GOOD,
  /** Flawed, the main structures can be judged. */
  USABLE,
  /** Not to be judged. */
  REJECT;

  /** Lower-case name, as in the tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
