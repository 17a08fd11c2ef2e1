package fovea.bias.inference;

import fovea.contract.statistics.Levels;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a row's outcome is one small number: label, prediction and the bin of its score. Bins are cut
 * at quantiles of all scores and at the thresholds asked for, so ranks survive; a row without a
 * score has a bin of its own.
 */
public final class Scheme implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final double[] edges;
  private final double[] means;

  private Scheme(int classes, double[] edges, double[] means) {
    this.classes = classes;
    this.edges = edges;
    this.means = means;
  }

  /**
   * A scheme for outcomes like these.
   *
   * @param all the scores of all rows
   * @param most about how many bins; 0 keeps no scores
   */
  public static Scheme of(int classes, Levels all, List<Double> thresholds, int most) {
    if (all.isEmpty() || most < 1) {
      return new Scheme(classes, new double[0], new double[0]);
    }
    TreeSet<Double> edges = new TreeSet<>(thresholds);
    long rows = 0;
    for (int i = 0; i < all.size(); i++) {
      rows += all.rows(i);
    }
    long before = 0;
    for (int i = 0; i < all.size(); i++) {
      long bin = before * most / rows;
      before += all.rows(i);
      if (i + 1 < all.size() && before * most / rows > bin) {
        edges.add(all.score(i + 1));
      }
    }
    double[] cuts = edges.stream().mapToDouble(Double::doubleValue).toArray();
    return new Scheme(classes, cuts, means(all, cuts));
  }

  /** How many outcomes there are. */
  public int outcomes() {
    return classes * classes * bins();
  }

  /**
   * The outcome of a row.
   *
   * @param score null where there is none
   */
  public int outcome(int label, int prediction, @Nullable Double score) {
    int bin = score == null || means.length == 0 ? means.length : bin(score, edges);
    return (label * classes + prediction) * bins() + bin;
  }

  /** How many classes a label has. */
  public int classes() {
    return classes;
  }

  /** Bins of the score; the last is for rows without one. */
  public int bins() {
    return means.length + 1;
  }

  /** Where a bin of scores begins; infinite for the bin of rows without a score. */
  public double from(int bin) {
    if (bin >= means.length) {
      return Double.POSITIVE_INFINITY;
    }
    return bin == 0 ? 0 : edges[bin - 1];
  }

  double[] means() {
    return means;
  }

  private static int bin(double score, double[] edges) {
    int place = Arrays.binarySearch(edges, score);
    return place >= 0 ? place + 1 : -place - 1;
  }

  // The mean score of each bin, kept inside it against rounding: thresholds must not move rows.
  private static double[] means(Levels all, double[] edges) {
    double[] sums = new double[edges.length + 1];
    long[] rows = new long[sums.length];
    for (int i = 0; i < all.size(); i++) {
      int bin = bin(all.score(i), edges);
      sums[bin] += all.score(i) * all.rows(i);
      rows[bin] += all.rows(i);
    }
    for (int bin = 0; bin < sums.length; bin++) {
      double low = bin == 0 ? 0 : edges[bin - 1];
      double high = bin == edges.length ? 1 : Math.nextDown(edges[bin]);
      double mean = rows[bin] == 0 ? (low + high) / 2 : sums[bin] / rows[bin];
      sums[bin] = Math.max(low, Math.min(Math.max(low, high), mean));
    }
    return sums;
  }
}
