package fovea.contract.statistics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Scores in ascending order and how many negatives and positives have each: ranks with ties. */
public final class Levels {
  /** Without scores. */
  public static final Levels NONE = new Levels(new double[0], new long[0], new long[0]);

  private static final int BINS = 10;

  private final double[] scores;
  private final long[] negatives;
  private final long[] positives;

  /**
   * Takes the arrays over.
   *
   * @param scores ascending, each once; from 0 to 1 where {@link #brier} or {@link
   *     #calibrationError} is asked
   * @param negatives rows of label 0 with that score
   * @param positives rows of label 1 with that score
   */
  public Levels(double[] scores, long[] negatives, long[] positives) {
    this.scores = scores;
    this.negatives = negatives;
    this.positives = positives;
  }

  /**
   * Counts answers by their score.
   *
   * @param scores finite, in any order
   * @param positive whether the answer of the same place is one
   */
  public static Levels of(double[] scores, boolean[] positive) {
    Map<Double, long[]> counts = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      // Adding zero makes -0.0 the same key as 0.0.
      counts.computeIfAbsent(scores[i] + 0.0, s -> new long[2])[positive[i] ? 1 : 0]++;
    }
    return new Levels(
        counts.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
        counts.values().stream().mapToLong(c -> c[0]).toArray(),
        counts.values().stream().mapToLong(c -> c[1]).toArray());
  }

  /** Whether there is no score. */
  public boolean isEmpty() {
    return scores.length == 0;
  }

  /**
   * The probability that a random positive scores above a random negative, ties counting half
   * (Mann-Whitney U over positives x negatives); NaN without positives or without negatives.
   */
  public double auc() {
    double below = 0;
    double wins = 0;
    double all = 0;
    for (int i = 0; i < scores.length; i++) {
      wins += positives[i] * (below + negatives[i] / 2.0);
      below += negatives[i];
      all += positives[i];
    }
    return wins / (all * below);
  }

  /**
   * The variance of {@link #auc} (DeLong 1988, in the mid-rank form of Sun and Xu 2014, one pass
   * over the levels); NaN with fewer than two positives or two negatives.
   */
  public double aucVariance() {
    double auc = auc();
    double[] wins = wins();
    double[] losses = losses();
    double ofPositives = 0;
    double ofNegatives = 0;
    for (int i = 0; i < scores.length; i++) {
      ofPositives += positives[i] * (wins[i] - auc) * (wins[i] - auc);
      ofNegatives += negatives[i] * (losses[i] - auc) * (losses[i] - auc);
    }
    double m = sum(positives);
    double n = sum(negatives);
    return ofPositives / (m - 1) / m + ofNegatives / (n - 1) / n;
  }

  /** By place: the share of negatives that a positive there scores above, ties counting half. */
  double[] wins() {
    double all = sum(negatives);
    double[] shares = new double[scores.length];
    double below = 0;
    for (int i = 0; i < scores.length; i++) {
      shares[i] = (below + negatives[i] / 2.0) / all;
      below += negatives[i];
    }
    return shares;
  }

  /** By place: the share of positives that score above a negative there, ties counting half. */
  double[] losses() {
    double all = sum(positives);
    double[] shares = new double[scores.length];
    double below = 0;
    for (int i = 0; i < scores.length; i++) {
      shares[i] = (all - below - positives[i] / 2.0) / all;
      below += positives[i];
    }
    return shares;
  }

  /** The place of a score that occurs. */
  int place(double score) {
    return Arrays.binarySearch(scores, score + 0.0);
  }

  /**
   * Average precision: precision at each threshold, weighted by the gain in recall (scikit-learn's
   * average_precision_score); NaN without positives.
   */
  public double averagePrecision() {
    double taken = 0;
    double found = 0;
    double sum = 0;
    for (int i = scores.length - 1; i >= 0; i--) {
      taken += positives[i] + negatives[i];
      found += positives[i];
      sum += taken == 0 ? 0 : positives[i] * found / taken;
    }
    return sum / found;
  }

  /** The mean of (score - label)^2; NaN where empty. */
  public double brier() {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double score = scores[i];
      sum += negatives[i] * score * score + positives[i] * (1 - score) * (1 - score);
    }
    return sum / (sum(negatives) + sum(positives));
  }

  /** The variance of {@link #brier} for independent rows. */
  public double brierVariance() {
    double mean = brier();
    double rows = sum(negatives) + sum(positives);
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double ofNegative = scores[i] * scores[i] - mean;
      double ofPositive = (1 - scores[i]) * (1 - scores[i]) - mean;
      sum += negatives[i] * ofNegative * ofNegative + positives[i] * ofPositive * ofPositive;
    }
    return sum / (rows * rows);
  }

  /** Rows of label 0 and of label 1. */
  public long[] sizes() {
    return new long[] {(long) sum(negatives), (long) sum(positives)};
  }

  /** How many different scores there are. */
  public int size() {
    return scores.length;
  }

  /** A score by its place, ascending. */
  public double score(int place) {
    return scores[place];
  }

  /** Rows of label 1 with the score of a place. */
  public long positives(int place) {
    return positives[place];
  }

  /** Rows of label 0 with the score of a place. */
  public long negatives(int place) {
    return negatives[place];
  }

  /** Rows with the score of a place. */
  public long rows(int place) {
    return negatives[place] + positives[place];
  }

  /**
   * The expected calibration error: the mean distance between mean score and share of positives
   * over ten bins of equal width, each weighted by its rows (Naeini 2015); NaN where empty.
   */
  public double calibrationError() {
    double[] gaps = new double[BINS];
    for (int i = 0; i < scores.length; i++) {
      int bin = Math.min(BINS - 1, (int) (scores[i] * BINS));
      gaps[bin] += (negatives[i] + positives[i]) * scores[i] - positives[i];
    }
    double sum = 0;
    for (double gap : gaps) {
      sum += Math.abs(gap);
    }
    return sum / (sum(negatives) + sum(positives));
  }

  private static double sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
