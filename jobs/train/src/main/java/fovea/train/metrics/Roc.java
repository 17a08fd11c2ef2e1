package fovea.train.metrics;

import fovea.contract.statistics.Levels;
import java.util.ArrayList;
import java.util.List;

/** The receiver operating characteristic: from no answer positive to all of them. */
public final class Roc {
  private final Levels levels;
  private final List<Point> points;
  private final long positives;
  private final long negatives;

  private Roc(Levels levels) {
    this.levels = levels;
    this.points = walk(levels);
    this.negatives = levels.sizes()[0];
    this.positives = levels.sizes()[1];
  }

  /**
   * The curve of some answers, one point a distinct score.
   *
   * @throws IllegalArgumentException where one class is missing or a score is not finite
   */
  public static Roc of(List<Scored> answers) {
    long positives = answers.stream().filter(Scored::positive).count();
    long negatives = answers.size() - positives;
    if (positives == 0 || negatives == 0) {
      throw new IllegalArgumentException(
          "a ROC curve needs both classes, cannot be: " + positives + " and " + negatives);
    }
    if (!answers.stream().allMatch(a -> Double.isFinite(a.score()))) {
      throw new IllegalArgumentException("a score is not finite");
    }
    return new Roc(levels(answers));
  }

  private static Levels levels(List<Scored> answers) {
    boolean[] positive = new boolean[answers.size()];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = answers.get(i).positive();
    }
    return Levels.of(answers.stream().mapToDouble(Scored::score).toArray(), positive);
  }

  private static List<Point> walk(Levels levels) {
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    long found = 0;
    long alarms = 0;
    for (int i = levels.size() - 1; i >= 0; i--) {
      found += levels.positives(i);
      alarms += levels.negatives(i);
      points.add(new Point(levels.score(i), alarms, found));
    }
    return points;
  }

  /** The points by falling threshold; the first has none above it. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  /** The share of positives found at a point. */
  public double truePositiveRate(Point point) {
    return (double) point.truePositives() / positives;
  }

  /** The share of negatives taken for positives at a point. */
  public double falsePositiveRate(Point point) {
    return (double) point.falsePositives() / negatives;
  }

  /**
   * The area under the curve: the chance that a positive scores above a negative, ties counting
   * half (Mann-Whitney).
   */
  public double area() {
    return levels.auc();
  }

  /**
   * The area under the precision-recall curve as average precision: the precision at each distinct
   * score, weighted by the positives it adds.
   */
  public double averagePrecision() {
    return levels.averagePrecision();
  }

  /**
   * The threshold with the greatest sensitivity + specificity - 1 (Youden's J), half-way to the
   * next lower score so that neither side sits on it; of equals the highest.
   */
  public double youdenThreshold() {
    int best = 1;
    for (int i = 2; i < points.size(); i++) {
      if (youden(points.get(i)) > youden(points.get(best))) {
        best = i;
      }
    }
    double score = points.get(best).threshold();
    return best + 1 == points.size() ? score : (score + points.get(best + 1).threshold()) / 2;
  }

  private double youden(Point point) {
    return truePositiveRate(point) - falsePositiveRate(point);
  }

  /** The counts where every score at or above {@code threshold} is called positive. */
  public record Point(double threshold, long falsePositives, long truePositives) {}
}
