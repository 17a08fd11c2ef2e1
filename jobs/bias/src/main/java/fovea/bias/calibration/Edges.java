package fovea.bias.calibration;

import fovea.contract.statistics.Levels;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Where a reliability curve's bins begin: the same for every group, so that curves can be laid over
 * each other.
 */
public final class Edges {
  /** Bins of a curve, at most. */
  public static final int BINS = 10;

  // Cut points to three digits: an edge must not be somebody's score.
  private static final double GRID = 1000;

  private final double[] cuts;

  private Edges(double[] cuts) {
    this.cuts = cuts;
  }

  /** How bins are cut. */
  public enum Rule {
    /** Equally wide, as the expected calibration error has them. */
    WIDTH,
    /** About equally many of all rows in each. */
    QUANTILES;

    /** Lower-case, as in settings. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The edges for scores like these, ascending from 0 to 1. */
  public static Edges of(Rule rule, Levels all) {
    TreeSet<Double> cuts = new TreeSet<>();
    for (int i = 1; rule == Rule.WIDTH && i < BINS; i++) {
      cuts.add((double) i / BINS);
    }
    if (rule == Rule.QUANTILES) {
      quantiles(all, cuts);
    }
    cuts.add(0.0);
    cuts.add(1.0);
    return new Edges(cuts.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void quantiles(Levels all, TreeSet<Double> cuts) {
    long rows = 0;
    for (int i = 0; i < all.size(); i++) {
      rows += all.rows(i);
    }
    long before = 0;
    for (int i = 0; i + 1 < all.size(); i++) {
      long bin = before * BINS / rows;
      before += all.rows(i);
      if (before * BINS / rows > bin) {
        cuts.add(Math.ceil(all.score(i + 1) * GRID) / GRID);
      }
    }
  }

  int bins() {
    return cuts.length - 1;
  }

  double from(int bin) {
    return cuts[bin];
  }

  double to(int bin) {
    return cuts[bin + 1];
  }

  int bin(double score) {
    int place = Arrays.binarySearch(cuts, score);
    return Math.min(bins() - 1, place >= 0 ? place : -place - 2);
  }
}
