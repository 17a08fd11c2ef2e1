package fovea.bias.mitigate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The upper convex hull of a group's ROC curve: what thresholds and chances between two of them can
 * reach. From (0, 0), nobody, to (1, 1), everybody.
 */
final class Hull {
  /**
   * A threshold and where it leads.
   *
   * @param threshold scores from it count as positive; infinite for nobody
   */
  record Point(double falsePositiveRate, double truePositiveRate, double threshold) {}

  /**
   * Between two thresholds.
   *
   * @param share of the chance that the lower one is used
   */
  record Mix(Point high, Point low, double share) {
    double falsePositiveRate() {
      return high.falsePositiveRate + share * (low.falsePositiveRate - high.falsePositiveRate);
    }

    double truePositiveRate() {
      return high.truePositiveRate + share * (low.truePositiveRate - high.truePositiveRate);
    }
  }

  private final List<Point> points;

  private Hull(List<Point> points) {
    this.points = points;
  }

  /**
   * The hull of scores in bins.
   *
   * @param from where each bin begins, ascending
   * @param negatives rows of label 0 by bin; at least one in all
   * @param positives rows of label 1 by bin; at least one in all
   */
  static Hull of(double[] from, long[] negatives, long[] positives) {
    double allNegatives = Arrays.stream(negatives).sum();
    double allPositives = Arrays.stream(positives).sum();
    List<Point> hull = new ArrayList<>();
    hull.add(new Point(0, 0, Double.POSITIVE_INFINITY));
    long above = 0;
    long found = 0;
    for (int bin = from.length - 1; bin >= 0; bin--) {
      above += negatives[bin];
      found += positives[bin];
      Point next = new Point(above / allNegatives, found / allPositives, from[bin]);
      while (hull.size() > 1
          && !bends(hull.get(hull.size() - 2), hull.get(hull.size() - 1), next)) {
        hull.remove(hull.size() - 1);
      }
      if (!same(hull.get(hull.size() - 1), next)) {
        hull.add(next);
      }
    }
    return new Hull(hull);
  }

  List<Point> points() {
    return points;
  }

  /** The leftmost way to a true positive rate. */
  Mix atTruePositiveRate(double rate) {
    for (int i = 1; i < points.size(); i++) {
      Point high = points.get(i - 1);
      Point low = points.get(i);
      double step = low.truePositiveRate - high.truePositiveRate;
      if (rate <= low.truePositiveRate && step > 0) {
        return new Mix(high, low, Math.max(0, (rate - high.truePositiveRate) / step));
      }
    }
    return end();
  }

  /** The highest way at a false positive rate. */
  Mix atFalsePositiveRate(double rate) {
    Mix best = new Mix(points.get(0), points.get(0), 0);
    for (int i = 1; i < points.size(); i++) {
      Point high = points.get(i - 1);
      Point low = points.get(i);
      double step = low.falsePositiveRate - high.falsePositiveRate;
      if (step == 0 && low.falsePositiveRate <= rate) {
        best = new Mix(high, low, 1);
      } else if (high.falsePositiveRate <= rate && step > 0) {
        best = new Mix(high, low, Math.min(1, (rate - high.falsePositiveRate) / step));
      }
    }
    return best;
  }

  private Mix end() {
    return new Mix(points.get(points.size() - 1), points.get(points.size() - 1), 0);
  }

  private static boolean bends(Point a, Point b, Point c) {
    double cross =
        (b.falsePositiveRate - a.falsePositiveRate) * (c.truePositiveRate - a.truePositiveRate)
            - (b.truePositiveRate - a.truePositiveRate)
                * (c.falsePositiveRate - a.falsePositiveRate);
    return cross < 0;
  }

  private static boolean same(Point a, Point b) {
    return a.falsePositiveRate == b.falsePositiveRate && a.truePositiveRate == b.truePositiveRate;
  }
}
