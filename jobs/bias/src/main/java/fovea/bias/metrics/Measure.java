package fovea.bias.metrics;

import fovea.contract.statistics.Levels;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** One metric of one event. */
public record Measure(Metric metric, Event event) {
  private static final EnumSet<Metric> OF_CLASSES =
      EnumSet.of(
          Metric.COUNT, Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.QUADRATIC_WEIGHTED_KAPPA);
  private static final EnumSet<Metric> OF_EVENTS =
      EnumSet.of(
          Metric.SELECTION_RATE,
          Metric.TRUE_POSITIVE_RATE,
          Metric.FALSE_POSITIVE_RATE,
          Metric.FALSE_NEGATIVE_RATE,
          Metric.PRECISION,
          Metric.NEGATIVE_PREDICTIVE_VALUE,
          Metric.ACCURACY,
          Metric.BALANCED_ACCURACY);

  /** Everything that can be said of outcomes like these. */
  static List<Measure> of(Tally all, List<Double> thresholds) {
    List<Measure> measures = new ArrayList<>();
    if (all.matrix().classes() > 2) {
      OF_CLASSES.forEach(m -> measures.add(new Measure(m, Event.AS_PREDICTED)));
      for (int i = 0; i < all.matrix().classes(); i++) {
        add(measures, new Event(Event.Kind.CLASS, i));
      }
      // At least the first class is everybody, at least the last is the last.
      for (int i = 1; i < all.matrix().classes() - 1; i++) {
        add(measures, new Event(Event.Kind.GRADE, i));
      }
      return measures;
    }
    boolean scored = !all.levels().isEmpty();
    for (Metric metric : Metric.values()) {
      if (scored || !metric.needsScore()) {
        measures.add(new Measure(metric, Event.AS_PREDICTED));
      }
    }
    if (scored) {
      thresholds.forEach(t -> add(measures, new Event(Event.Kind.SCORE, t)));
    }
    return measures;
  }

  private static void add(List<Measure> measures, Event event) {
    OF_EVENTS.forEach(m -> measures.add(new Measure(m, event)));
    if (event.kind() == Event.Kind.CLASS) {
      measures.add(new Measure(Metric.BASE_RATE, event));
    }
  }

  /** Its name in reports and tables. */
  public String word() {
    return event.name(metric);
  }

  /** The figure of a group; NaN where undefined. */
  public double value(Tally tally) {
    return metric.value(event.of(tally), tally.levels());
  }

  /** The figure of a group, too few below the smallest cell. */
  public Estimate of(GroupCounts group, long smallest) {
    if (group.isWithheld()) {
      return Estimate.withheld();
    }
    return metric.of(event.of(group), group.levels(), group.people(), smallest);
  }

  /**
   * The same figure of rounded counts; exact counts decide whether there is one.
   *
   * @param exact from exact counts
   * @param rounded the event's outcomes
   */
  Estimate published(Estimate exact, Matrix rounded, Levels scores, Rounding rounding) {
    if (rounding.isExact() || exact.value() == null) {
      return exact;
    }
    Estimate published = metric.of(rounded, scores, Long.MAX_VALUE, 1);
    if (published.value() == null) {
      return Estimate.tooFew();
    }
    return metric.needsScore() ? rounding.figure(published) : published;
  }
}
