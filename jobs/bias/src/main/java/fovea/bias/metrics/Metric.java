package fovea.bias.metrics;

import java.util.Locale;

/** What is measured of a model in a group, by the names Fairlearn and scikit-learn use. */
public enum Metric {
  /** Rows. */
  COUNT((g, least) -> Estimate.of(g.confusion().count(), g.confusion().count())),
  /** Predicted 1 among all. */
  SELECTION_RATE(
      (g, least) -> rate(g.confusion().selected(), g.confusion().count(), least, "no rows")),
  /** Predicted 1 among those whose label is 1: sensitivity, recall. */
  TRUE_POSITIVE_RATE((g, least) -> ofPositives(g, g.confusion().truePositives(), least)),
  /** Predicted 1 among those whose label is 0. */
  FALSE_POSITIVE_RATE((g, least) -> ofNegatives(g, g.confusion().falsePositives(), least)),
  /** Predicted 0 among those whose label is 0: specificity. */
  TRUE_NEGATIVE_RATE((g, least) -> ofNegatives(g, g.confusion().trueNegatives(), least)),
  /** Predicted 0 among those whose label is 1: missed. */
  FALSE_NEGATIVE_RATE((g, least) -> ofPositives(g, g.confusion().falseNegatives(), least)),
  /** Label 1 among those predicted 1: positive predictive value. */
  PRECISION(
      (g, least) ->
          rate(
              g.confusion().truePositives(),
              g.confusion().selected(),
              least,
              "nothing predicted positive")),
  /** Predicted right among all. */
  ACCURACY((g, least) -> rate(g.confusion().correct(), g.confusion().count(), least, "no rows")),
  /** Mean of sensitivity and specificity. */
  BALANCED_ACCURACY(Metric::balancedAccuracy),
  /** Label 1 among all. */
  BASE_RATE((g, least) -> rate(g.confusion().positives(), g.confusion().count(), least, "no rows")),
  /** Area under the ROC curve. */
  AUC(Metric::auc),
  /** Mean squared error of the score. */
  BRIER((g, least) -> Estimate.of(g.scores().brier(), g.confusion().count()));

  private interface Rule {
    Estimate of(GroupCounts group, long smallest);
  }

  private final Rule rule;

  Metric(Rule rule) {
    this.rule = rule;
  }

  /** Lower-case name, as in reports and tables: {@code true_positive_rate}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it needs a score. */
  public boolean needsScore() {
    return this == AUC || this == BRIER;
  }

  /**
   * The figure of a group.
   *
   * @param smallest fewer people than that make it too few
   */
  public Estimate of(GroupCounts group, long smallest) {
    return group.people() < smallest ? Estimate.tooFew() : rule.of(group, smallest);
  }

  private static Estimate rate(long successes, long trials, long smallest, String why) {
    return Estimate.proportion(successes, trials, smallest, why);
  }

  private static Estimate ofPositives(GroupCounts group, long successes, long smallest) {
    return rate(successes, group.confusion().positives(), smallest, "no positive labels");
  }

  private static Estimate ofNegatives(GroupCounts group, long successes, long smallest) {
    return rate(successes, group.confusion().negatives(), smallest, "no negative labels");
  }

  private static Estimate balancedAccuracy(GroupCounts group, long smallest) {
    return ofBothLabels(
        group,
        smallest,
        () -> {
          Confusion c = group.confusion();
          return ((double) c.truePositives() / c.positives()
                  + (double) c.trueNegatives() / c.negatives())
              / 2;
        });
  }

  private static Estimate auc(GroupCounts group, long smallest) {
    return ofBothLabels(group, smallest, () -> group.scores().auc());
  }

  private static Estimate ofBothLabels(
      GroupCounts group, long smallest, java.util.function.DoubleSupplier value) {
    Confusion confusion = group.confusion();
    long fewer = Math.min(confusion.positives(), confusion.negatives());
    if (fewer == 0) {
      return Estimate.undefined("undefined: only one label");
    }
    return fewer < smallest
        ? Estimate.tooFew()
        : Estimate.of(value.getAsDouble(), confusion.count());
  }
}
