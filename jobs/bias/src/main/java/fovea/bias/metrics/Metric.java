package fovea.bias.metrics;

import fovea.contract.statistics.Levels;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What is measured of a model in a group, by the names Fairlearn and scikit-learn use. */
public enum Metric {
  /** Rows. */
  COUNT(Base.ROWS, (m, s) -> m.count()),
  /** Predicted 1 among all. */
  SELECTION_RATE(Base.ROWS, m -> m.confusion().selected()),
  /** Predicted 1 among those whose label is 1: sensitivity, recall. */
  TRUE_POSITIVE_RATE(Base.POSITIVES, m -> m.confusion().truePositives()),
  /** Predicted 1 among those whose label is 0. */
  FALSE_POSITIVE_RATE(Base.NEGATIVES, m -> m.confusion().falsePositives()),
  /** Predicted 0 among those whose label is 0: specificity. */
  TRUE_NEGATIVE_RATE(Base.NEGATIVES, m -> m.confusion().trueNegatives()),
  /** Predicted 0 among those whose label is 1: missed. */
  FALSE_NEGATIVE_RATE(Base.POSITIVES, m -> m.confusion().falseNegatives()),
  /** Label 1 among those predicted 1: positive predictive value. */
  PRECISION(Base.SELECTED, m -> m.confusion().truePositives()),
  /** Label 0 among those predicted 0. */
  NEGATIVE_PREDICTIVE_VALUE(Base.UNSELECTED, m -> m.confusion().trueNegatives()),
  /** Predicted right among all. */
  ACCURACY(Base.ROWS, m -> m.correct()),
  /** Mean recall of the labels: of two, the mean of sensitivity and specificity. */
  BALANCED_ACCURACY(Base.LABELS, (m, s) -> m.balancedAccuracy()),
  /** Label 1 among all. */
  BASE_RATE(Base.ROWS, m -> m.confusion().positives()),
  /** Agreement beyond chance, far misses counting by their square; of two classes Cohen's kappa. */
  QUADRATIC_WEIGHTED_KAPPA(Base.LABELS, (m, s) -> m.quadraticKappa()),
  /** Inequality of benefit (prediction - label + 1) at alpha 2 (Speicher 2018, AIF360). */
  GENERALIZED_ENTROPY(Base.ROWS, (m, s) -> Benefits.generalizedEntropy(m.confusion())),
  /** The same at alpha 1: Theil's index. */
  THEIL_INDEX(Base.ROWS, (m, s) -> Benefits.theil(m.confusion())),
  /** Area under the ROC curve. */
  AUC(Base.LABELS, (m, s) -> s.auc()),
  /** Area under the precision-recall curve: average precision. */
  AUPRC(Base.LABELS, (m, s) -> s.averagePrecision()),
  /** Mean squared error of the score. */
  BRIER(Base.ROWS, (m, s) -> s.brier()),
  /** Distance of scores from frequencies over ten bins. */
  EXPECTED_CALIBRATION_ERROR(Base.ROWS, (m, s) -> s.calibrationError());

  /** Whom a metric is computed over. */
  private enum Base {
    ROWS("no rows", Matrix::count),
    POSITIVES("no positive labels", m -> m.confusion().positives()),
    NEGATIVES("no negative labels", m -> m.confusion().negatives()),
    SELECTED("nothing predicted positive", m -> m.confusion().selected()),
    UNSELECTED("nothing predicted negative", m -> m.count() - m.confusion().selected()),
    LABELS("only one label", Matrix::rarest);

    private final String missing;
    private final ToLongFunction<Matrix> rows;

    Base(String missing, ToLongFunction<Matrix> rows) {
      this.missing = missing;
      this.rows = rows;
    }
  }

  private interface Rule {
    double of(Matrix outcomes, Levels scores);
  }

  private final Base base;
  private final boolean proportion;
  private final ToLongFunction<Matrix> successes;
  private final Rule rule;

  Metric(Base base, ToLongFunction<Matrix> successes) {
    this(base, true, successes, (m, s) -> share(m, successes::applyAsLong, base));
  }

  Metric(Base base, Rule rule) {
    this(base, false, m -> 0, rule);
  }

  Metric(Base base, boolean proportion, ToLongFunction<Matrix> successes, Rule rule) {
    this.base = base;
    this.proportion = proportion;
    this.successes = successes;
    this.rule = rule;
  }

  /** Lower-case name, as in reports and tables: {@code true_positive_rate}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it needs a score. */
  public boolean needsScore() {
    return compareTo(AUC) >= 0;
  }

  /** Whether a report speaks of it first: its tests are adjusted together. */
  public boolean isPrimary() {
    return switch (this) {
      case SELECTION_RATE, TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE, PRECISION, AUC -> true;
      default -> false;
    };
  }

  /** The metric whose difference is the same: missed for found. */
  public Metric sameDifference() {
    return switch (this) {
      case FALSE_NEGATIVE_RATE -> TRUE_POSITIVE_RATE;
      case TRUE_NEGATIVE_RATE -> FALSE_POSITIVE_RATE;
      default -> this;
    };
  }

  /** Whether it counts some of the rows among others: a rate. */
  public boolean isProportion() {
    return proportion;
  }

  /** Whom a rate is out of. */
  public long trials(Matrix outcomes) {
    return base.rows.applyAsLong(outcomes);
  }

  /** Whom a rate counts. */
  public long successes(Matrix outcomes) {
    return successes.applyAsLong(outcomes);
  }

  /** The figure; NaN where undefined. */
  double value(Matrix outcomes, Levels scores) {
    return rule.of(outcomes, scores);
  }

  /**
   * The figure of a group.
   *
   * @param smallest fewer people than that make it too few
   */
  public Estimate of(GroupCounts group, long smallest) {
    return of(group.matrix(), group.levels(), group.people(), smallest);
  }

  Estimate of(Matrix outcomes, Levels scores, long people, long smallest) {
    if (people < smallest) {
      return Estimate.tooFew();
    }
    if (proportion) {
      return Estimate.proportion(successes(outcomes), trials(outcomes), smallest, base.missing);
    }
    long rows = trials(outcomes);
    if (rows == 0) {
      return Estimate.undefined("undefined: " + base.missing);
    }
    double value = value(outcomes, scores);
    if (rows < smallest) {
      return Estimate.tooFew();
    }
    return Double.isNaN(value)
        ? Estimate.undefined("undefined: nothing to divide by")
        : Estimate.of(value, outcomes.count());
  }

  private static double share(Matrix outcomes, ToDoubleFunction<Matrix> successes, Base base) {
    return successes.applyAsDouble(outcomes) / base.rows.applyAsLong(outcomes);
  }
}
