package fovea.bias.metrics;

import java.util.Locale;

/**
 * What counts as positive.
 *
 * @param kind how it is decided
 * @param at the threshold or the class; unused where {@link Kind#PREDICTION}
 */
public record Event(Kind kind, double at) {
  /** Label and prediction as they stand. */
  public static final Event AS_PREDICTED = new Event(Kind.PREDICTION, 0);

  /** How to tell a positive. */
  public enum Kind {
    /** Label and prediction as they stand. */
    PREDICTION,
    /** The label as it stands against a score of at least the threshold. */
    SCORE,
    /** One class against the rest. */
    CLASS,
    /** A class and those above it against those below. */
    GRADE
  }

  /** The outcome of a group in the light of this event. */
  public Matrix of(Tally tally) {
    return switch (kind) {
      case PREDICTION -> tally.matrix();
      case SCORE -> Matrix.of(Confusion.at(at, tally.levels()));
      case CLASS -> Matrix.of(tally.matrix().one((int) at));
      case GRADE -> Matrix.of(tally.matrix().atLeast((int) at));
    };
  }

  /** A metric's name: {@code accuracy}, {@code accuracy@0.3}, {@code class=2:accuracy}. */
  public String name(Metric metric) {
    return switch (kind) {
      case PREDICTION -> metric.word();
      case SCORE -> String.format(Locale.ROOT, "%s@%s", metric.word(), at);
      case CLASS -> String.format(Locale.ROOT, "class=%d:%s", (int) at, metric.word());
      case GRADE -> String.format(Locale.ROOT, "class>=%d:%s", (int) at, metric.word());
    };
  }
}
