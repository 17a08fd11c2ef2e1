package fovea.train.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The receiver operating characteristic: from no answer positive to all of them. */
public final class Roc {
  private final List<Point> points;
  private final long positives;
  private final long negatives;

  private Roc(List<Point> points, long positives, long negatives) {
    this.points = points;
    this.positives = positives;
    this.negatives = negatives;
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
    return new Roc(walk(answers), positives, negatives);
  }

  private static List<Point> walk(List<Scored> answers) {
    List<Scored> falling =
        answers.stream().sorted(Comparator.comparingDouble(Scored::score).reversed()).toList();
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    long found = 0;
    long alarms = 0;
    for (int i = 0; i < falling.size(); i++) {
      Scored answer = falling.get(i);
      found += answer.positive() ? 1 : 0;
      alarms += answer.positive() ? 0 : 1;
      boolean last = i + 1 == falling.size() || falling.get(i + 1).score() < answer.score();
      if (last) {
        points.add(new Point(answer.score(), alarms, found));
      }
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
    double twice = 0;
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point here = points.get(i);
      twice +=
          (double) (here.falsePositives() - before.falsePositives())
              * (here.truePositives() + before.truePositives());
    }
    return twice / 2 / positives / negatives;
  }

  /**
   * The area under the precision-recall curve as average precision: the precision at each distinct
   * score, weighted by the positives it adds.
   */
  public double averagePrecision() {
    double sum = 0;
    for (int i = 1; i < points.size(); i++) {
      Point here = points.get(i);
      long added = here.truePositives() - points.get(i - 1).truePositives();
      sum += added * (double) here.truePositives() / (here.truePositives() + here.falsePositives());
    }
    return sum / positives;
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
