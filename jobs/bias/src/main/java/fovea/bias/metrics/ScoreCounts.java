package fovea.bias.metrics;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many positives and negatives have each score: all that AUC and Brier score need to know of a
 * group. Scores are kept exactly up to {@value #MOST_EXACT} different ones, beyond that to the
 * nearest 1/{@value #GRID}, so memory is bounded. The order of additions never matters.
 */
public final class ScoreCounts {
  private static final int MOST_EXACT = 50_000;
  private static final int GRID = 32_768;
  private static final long[] NOBODY = new long[2];

  private Map<Double, long[]> levels = new HashMap<>();
  private boolean rounded;
  private @Nullable Levels sorted;

  /**
   * Adds rows of one score.
   *
   * @param label 1 or 0
   * @param score from 0 to 1
   */
  public void add(int label, double score, long times) {
    sorted = null;
    level(score)[label] += times;
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

  /** The scores in order; computed once until more are added. */
  public Levels levels() {
    Levels known = sorted;
    if (known == null) {
      known = sort();
      sorted = known;
    }
    return known;
  }

  private Levels sort() {
    double[] scores = levels.keySet().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    long[] negatives = new long[scores.length];
    long[] positives = new long[scores.length];
    for (int i = 0; i < scores.length; i++) {
      long[] level = levels.getOrDefault(scores[i], NOBODY);
      negatives[i] = level[0];
      positives[i] = level[1];
    }
    return new Levels(scores, negatives, positives);
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
