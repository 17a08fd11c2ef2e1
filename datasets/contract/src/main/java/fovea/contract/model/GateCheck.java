package fovea.contract.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a model's gate. What is not a finite number never passes.
 *
 * @param name what was looked at: {@code auc}, {@code gap in auc by sex}
 * @param value what was found; null where there is no number
 * @param bound on which side of the limit a value passes
 * @param limit itself passes
 * @param passed follows from the three before
 * @param reason in one sentence why it did not pass, or what there is to know where it did
 */
public record GateCheck(
    String name, @Nullable Double value, Bound bound, double limit, boolean passed, String reason) {

  /** A side of a limit. */
  public enum Bound {
    /** Passes from the limit up. */
    AT_LEAST,
    /** Passes up to the limit. */
    AT_MOST;

    /** As stored and printed: {@code at least}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The bound of stored words. */
    public static Bound of(String words) {
      return valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }
  }

  /** Refuses a verdict that does not follow from its numbers. */
  public GateCheck {
    if (passed != holds(value, bound, limit)) {
      throw new IllegalArgumentException(
          name + " " + value + " cannot be passed: " + passed + " where " + bound + " " + limit);
    }
  }

  /**
   * Judges a value.
   *
   * @param value null or not finite where there is none
   * @param note why there is no value, or what else there is to know of it; may be empty
   */
  public static GateCheck of(
      String name, @Nullable Double value, Bound bound, double limit, String note) {
    Double number = value == null || !Double.isFinite(value) ? null : value;
    boolean passed = holds(number, bound, limit);
    String why = note.isEmpty() && number == null ? "there is no such number" : note;
    if (number != null && !passed) {
      String side = bound == Bound.AT_LEAST ? "below" : "above";
      why = side + " the limit" + (note.isEmpty() ? "" : "; " + note);
    }
    return new GateCheck(name, number, bound, limit, passed, why);
  }

  private static boolean holds(@Nullable Double value, Bound bound, double limit) {
    if (value == null || !Double.isFinite(value)) {
      return false;
    }
    return bound == Bound.AT_LEAST ? value >= limit : value <= limit;
  }
}
