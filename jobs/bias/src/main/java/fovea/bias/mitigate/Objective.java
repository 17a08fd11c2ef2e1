package fovea.bias.mitigate;

import java.util.Locale;

/** Which of the points that are fair is taken. */
public enum Objective {
  /** The one with the true positive rate the model has over all groups together. */
  SENSITIVITY,
  /** The one that is right most often. */
  ACCURACY,
  /** The one with the largest mean of sensitivity and specificity over all groups together. */
  BALANCED_ACCURACY;

  /** Lower-case with dashes, as in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  double of(double truePositiveRate, double falsePositiveRate, double positives, double negatives) {
    double found = this == ACCURACY ? positives / (positives + negatives) : 0.5;
    return found * truePositiveRate + (1 - found) * (1 - falsePositiveRate);
  }
}
