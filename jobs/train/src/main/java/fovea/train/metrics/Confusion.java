package fovea.train.metrics;

import java.io.Serializable;
import java.util.List;

/** Counts of right and wrong answers at one threshold; ratios over nothing are 0. */
public record Confusion(
    long truePositives, long falsePositives, long trueNegatives, long falseNegatives)
    implements Serializable {

  /** Counts; a score at the threshold counts as positive. */
  public static Confusion at(double threshold, List<Scored> answers) {
    long[] counts = new long[4];
    for (Scored answer : answers) {
      boolean said = answer.score() >= threshold;
      counts[(answer.positive() ? 0 : 2) + (said ? 0 : 1)]++;
    }
    return new Confusion(counts[0], counts[2], counts[3], counts[1]);
  }

  /** All answers. */
  public long total() {
    return truePositives + falsePositives + trueNegatives + falseNegatives;
  }

  /** The share of right answers. */
  public double accuracy() {
    return ratio(truePositives + trueNegatives, total());
  }

  /** The share of positives found: recall, true positive rate. */
  public double sensitivity() {
    return ratio(truePositives, truePositives + falseNegatives);
  }

  /** The share of negatives left alone: true negative rate. */
  public double specificity() {
    return ratio(trueNegatives, trueNegatives + falsePositives);
  }

  /** The mean of sensitivity and specificity. */
  public double balancedAccuracy() {
    return (sensitivity() + specificity()) / 2;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
