package fovea.train.metrics;

import java.io.Serializable;
import java.util.List;

/**
 * How well a network does on one part of the data.
 *
 * @param threshold at which a score is called referable
 * @param figures of all images
 * @param subgroups the same by sex and age band
 * @param roc false and true positive rates, at most about 200 points
 */
public record Evaluation(
    double threshold, Figures figures, List<Subgroup> subgroups, List<RocPoint> roc)
    implements Serializable {
  private static final int MOST_POINTS = 200;

  /** Judges answers at a threshold that was fixed before. */
  public static Evaluation of(List<Scored> answers, double threshold) {
    return new Evaluation(
        threshold,
        Figures.of(answers, threshold),
        Subgroup.of(answers, threshold),
        thinned(Roc.of(answers)));
  }

  /** The area under the ROC curve. */
  public double auc() {
    return figures.auc();
  }

  /** The counts at the threshold. */
  public Confusion confusion() {
    return figures.confusion();
  }

  private static List<RocPoint> thinned(Roc roc) {
    List<Roc.Point> all = roc.points();
    int step = Math.max(1, (all.size() + MOST_POINTS - 1) / MOST_POINTS);
    return java.util.stream.IntStream.range(0, all.size())
        .filter(i -> i % step == 0 || i == all.size() - 1)
        .mapToObj(all::get)
        .map(p -> new RocPoint(roc.falsePositiveRate(p), roc.truePositiveRate(p)))
        .toList();
  }

  /** One point of the curve, each 0 to 1. */
  public record RocPoint(double falsePositiveRate, double truePositiveRate)
      implements Serializable {}
}
