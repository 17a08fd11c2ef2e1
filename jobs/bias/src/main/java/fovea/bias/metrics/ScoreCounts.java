package fovea.bias.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many positives and negatives have each score: all that AUC and Brier score need to know of a
 * group. Scores are kept exactly up to {@value #MOST_EXACT} different ones, beyond that to the
 * nearest 1/{@value #GRID}, so memory is bounded. The order of additions never matters.
 */
public final class ScoreCounts {
  private static final int MOST_EXACT = 50_000;
  private static final int GRID = 32_768;

  private Map<Double, long[]> levels = new HashMap<>();
  private boolean rounded;

  /**
   * Adds rows of one score.
   *
   * @param label 1 or 0
   * @param score from 0 to 1
   */
  public void add(int label, double score, long times) {
    long[] level = level(score);
    level[label] += times;
    if (!rounded && levels.size() > MOST_EXACT) {
      round();
    }
  }

  /** Adds everything another has. */
  public void add(ScoreCounts other) {
    other.levels.forEach(
        (score, counts) -> {
          add(0, score, counts[0]);
          add(1, score, counts[1]);
        });
  }

  /** Whether there is no score at all. */
  public boolean isEmpty() {
    return levels.isEmpty();
  }

  /** Whether there were too many different scores to keep each. */
  public boolean rounded() {
    return rounded;
  }

  /**
   * The probability that a random positive scores above a random negative, ties counting half
   * (Mann-Whitney U over positives x negatives); NaN without positives or without negatives.
   */
  public double auc() {
    double below = 0;
    double wins = 0;
    double positives = 0;
    for (long[] level : new TreeMap<>(levels).values()) {
      wins += level[1] * (below + level[0] / 2.0);
      below += level[0];
      positives += level[1];
    }
    return wins / (positives * below);
  }

  /** The mean of (score - label)^2; NaN where empty. */
  public double brier() {
    double sum = 0;
    long count = 0;
    for (Map.Entry<Double, long[]> level : new TreeMap<>(levels).entrySet()) {
      double score = level.getKey();
      long[] counts = level.getValue();
      sum += counts[0] * score * score + counts[1] * (1 - score) * (1 - score);
      count += counts[0] + counts[1];
    }
    return sum / count;
  }

  private long[] level(double score) {
    // Adding zero makes -0.0 the same key as 0.0.
    return levels.computeIfAbsent((rounded ? onGrid(score) : score) + 0.0, s -> new long[2]);
  }

  private void round() {
    Map<Double, long[]> exact = levels;
    levels = new HashMap<>();
    rounded = true;
    exact.forEach(
        (score, counts) -> {
          long[] level = level(score);
          level[0] += counts[0];
          level[1] += counts[1];
        });
  }

  private static double onGrid(double score) {
    return (double) Math.round(score * GRID) / GRID;
  }
}
