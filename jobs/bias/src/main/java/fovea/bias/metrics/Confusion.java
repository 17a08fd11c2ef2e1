package fovea.bias.metrics;

import fovea.contract.statistics.Levels;

/** How often label and prediction agree: all that the threshold metrics need to know of a group. */
public record Confusion(
    long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {

  /** Nobody. */
  public static final Confusion NONE = new Confusion(0, 0, 0, 0);

  /**
   * The same outcome several times.
   *
   * @param label 1 or 0
   * @param prediction 1 or 0
   */
  public static Confusion of(int label, int prediction, long times) {
    return new Confusion(
        label == 1 && prediction == 1 ? times : 0,
        label == 0 && prediction == 1 ? times : 0,
        label == 0 && prediction == 0 ? times : 0,
        label == 1 && prediction == 0 ? times : 0);
  }

  /** Labels against scores: at least the threshold counts as predicted 1. */
  public static Confusion at(double threshold, Levels levels) {
    long[] above = new long[2];
    long[] below = new long[2];
    for (int i = 0; i < levels.size(); i++) {
      long[] side = levels.score(i) >= threshold ? above : below;
      side[0] += levels.negatives(i);
      side[1] += levels.positives(i);
    }
    return new Confusion(above[1], above[0], below[0], below[1]);
  }

  /** Both together. */
  public Confusion plus(Confusion other) {
    return new Confusion(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        trueNegatives + other.trueNegatives,
        falseNegatives + other.falseNegatives);
  }

  /** Rows in all. */
  public long count() {
    return positives() + negatives();
  }

  /** Rows whose label is 1. */
  public long positives() {
    return truePositives + falseNegatives;
  }

  /** Rows whose label is 0. */
  public long negatives() {
    return trueNegatives + falsePositives;
  }

  /** Rows whose prediction is 1. */
  public long selected() {
    return truePositives + falsePositives;
  }

  /** Rows whose prediction is the label. */
  public long correct() {
    return truePositives + trueNegatives;
  }
}
