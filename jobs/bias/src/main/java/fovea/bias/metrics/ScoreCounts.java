package fovea.bias.metrics;

import fovea.contract.statistics.Levels;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of each label and prediction have each score: all that AUC and Brier score need to
 * know of a group. Scores are kept exactly up to {@value #MOST_EXACT} different ones, beyond that
 * to the nearest 1/{@value #GRID}, so memory is bounded. The order of additions never matters.
 */
public final class ScoreCounts {
  private static final int MOST_EXACT = 50_000;
  private static final int GRID = 32_768;
  private static final long[] NOBODY = new long[4];

  private Map<Double, long[]> levels = new HashMap<>();
  private boolean rounded;
  private @Nullable Levels sorted;

  /**
   * Adds rows of one score.
   *
   * @param label 1 or 0
   * @param prediction 1 or 0
   * @param score from 0 to 1
   */
  public void add(int label, int prediction, double score, long times) {
    sorted = null;
    level(score)[2 * label + prediction] += times;
    if (!rounded && levels.size() > MOST_EXACT) {
      round();
    }
  }

  /** Adds everything another has. */
  public void add(ScoreCounts other) {
    other.levels.forEach(
        (score, counts) -> {
          for (int i = 0; i < counts.length; i++) {
            add(i / 2, i % 2, score, counts[i]);
          }
        });
  }

  /** Told of rows that agree in everything. */
  public interface Reader {
    /** Rows of one score, label and prediction; there may be none of them. */
    void read(double score, int label, int prediction, long times);
  }

  /** Tells all there is, in no particular order. */
  public void each(Reader reader) {
    levels.forEach(
        (score, counts) -> {
          for (int i = 0; i < counts.length; i++) {
            reader.read(score, i / 2, i % 2, counts[i]);
          }
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
      negatives[i] = level[0] + level[1];
      positives[i] = level[2] + level[3];
    }
    return new Levels(scores, negatives, positives);
  }

  private long[] level(double score) {
    // Adding zero makes -0.0 the same key as 0.0.
    return levels.computeIfAbsent((rounded ? onGrid(score) : score) + 0.0, s -> new long[4]);
  }

  private void round() {
    Map<Double, long[]> exact = levels;
    levels = new HashMap<>();
    rounded = true;
    exact.forEach(
        (score, counts) -> {
          long[] level = level(score);
          for (int i = 0; i < counts.length; i++) {
            level[i] += counts[i];
          }
        });
  }

  private static double onGrid(double score) {
    return (double) Math.round(score * GRID) / GRID;
  }
}
