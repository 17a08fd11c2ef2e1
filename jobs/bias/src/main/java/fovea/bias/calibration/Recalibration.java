package fovea.bias.calibration;

import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.Rounding;
import fovea.contract.statistics.Interval;
import fovea.contract.statistics.Levels;

/**
 * Cox's recalibration (Cox 1958; Miller, Hui and Tierney 1991): the log odds of the label as {@code
 * intercept + slope * logit(score)}, by maximum likelihood. Perfect scores have slope 1 and
 * intercept 0; a slope below 1 is a score too extreme. In the large: the intercept where the slope
 * is held at 1, above 0 where scores are too low. Intervals are 95%, from the information matrix,
 * widened to as many rows as there are people.
 *
 * @param slope too few with fewer positives or negatives than the smallest cell; undefined where
 *     scores are all alike or part the labels
 * @param intercept likewise
 * @param inTheLarge likewise
 */
record Recalibration(Estimate slope, Estimate intercept, Estimate inTheLarge) {
  // Scores of exactly 0 and 1 have no logit; the platform keeps four digits, so 0 is below this.
  private static final double LEAST = 5e-5;
  private static final int MOST_STEPS = 100;
  private static final double STEEPEST = 100;

  static Recalibration of(GroupCounts group, long smallest) {
    Levels levels = group.levels();
    if (group.isWithheld()) {
      Estimate none = Estimate.withheld();
      return new Recalibration(none, none, none);
    }
    long[] sizes = levels.sizes();
    double share = Curve.share(group);
    if (group.people() < smallest || Math.min(sizes[0], sizes[1]) * share < smallest) {
      Estimate few = Estimate.tooFew();
      return new Recalibration(few, few, few);
    }
    Fit both = new Fit(levels).run(true);
    Fit large = new Fit(levels).run(false);
    Estimate none = Estimate.undefined("undefined: scores are all alike or part the labels");
    return new Recalibration(
        both.found ? figure(both.slope, both.slopeVariance() / share) : none,
        both.found ? figure(both.intercept, both.interceptVariance() / share) : none,
        large.found ? figure(large.intercept, 1 / large.weight / share) : none);
  }

  Recalibration rounded(Rounding rounding) {
    return new Recalibration(
        rounding.figure(slope), rounding.figure(intercept), rounding.figure(inTheLarge));
  }

  // Without a count: it is no proportion, and no difference of proportions is made from it.
  private static Estimate figure(double value, double variance) {
    Interval interval = Interval.normal(value, Math.sqrt(variance), Interval.Z95);
    return new Estimate(value, interval, null, null);
  }

  /** Newton's steps over the levels of the score, halved where they overshoot. */
  private static final class Fit {
    private final Levels levels;
    private double intercept;
    private double slope;
    private double weight;
    private double first;
    private double second;
    private boolean found;

    Fit(Levels levels) {
      this.levels = levels;
    }

    Fit run(boolean withSlope) {
      slope = withSlope ? 0 : 1;
      for (int step = 0; step < MOST_STEPS && !found; step++) {
        double[] gradient = gradient();
        double determinant = weight * second - first * first;
        if (withSlope && !(determinant > 1e-9 * weight * second)) {
          return this;
        }
        double up =
            withSlope
                ? (second * gradient[0] - first * gradient[1]) / determinant
                : gradient[0] / weight;
        double steeper = withSlope ? (weight * gradient[1] - first * gradient[0]) / determinant : 0;
        move(up, steeper);
        found = Math.max(Math.abs(up), Math.abs(steeper)) < 1e-9;
        if (!(Math.abs(slope) < STEEPEST && Math.abs(intercept) < STEEPEST)) {
          return this;
        }
      }
      return this;
    }

    private void move(double up, double steeper) {
      double before = likelihood(intercept, slope);
      double part = 1;
      while (part > 1e-6
          && !(likelihood(intercept + part * up, slope + part * steeper) >= before - 1e-9)) {
        part /= 2;
      }
      intercept += part * up;
      slope += part * steeper;
    }

    private double likelihood(double a, double b) {
      double sum = 0;
      for (int i = 0; i < levels.size(); i++) {
        double x = a + b * logit(levels.score(i));
        // log(1 + e^x) without overflow.
        double both = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        sum += levels.positives(i) * x - levels.rows(i) * both;
      }
      return sum;
    }

    private double[] gradient() {
      double[] gradient = new double[2];
      weight = 0;
      first = 0;
      second = 0;
      for (int i = 0; i < levels.size(); i++) {
        double x = logit(levels.score(i));
        double p = 1 / (1 + Math.exp(-intercept - slope * x));
        double off = levels.positives(i) - levels.rows(i) * p;
        double w = levels.rows(i) * p * (1 - p);
        gradient[0] += off;
        gradient[1] += off * x;
        weight += w;
        first += w * x;
        second += w * x * x;
      }
      return gradient;
    }

    private static double logit(double score) {
      double inside = Math.max(LEAST, Math.min(1 - LEAST, score));
      return Math.log(inside / (1 - inside));
    }

    double slopeVariance() {
      return weight / (weight * second - first * first);
    }

    double interceptVariance() {
      return second / (weight * second - first * first);
    }
  }
}
