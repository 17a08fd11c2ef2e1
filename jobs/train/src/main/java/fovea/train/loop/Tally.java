package fovea.train.loop;

import java.io.Serializable;

/**
 * What some steps came to.
 *
 * @param loss summed over the steps whose loss was finite
 * @param skipped of the steps: loss or gradient were not finite
 * @param leftOut times a trainer came back with values that are not finite and was left out
 */
public record Tally(double loss, int steps, int skipped, int leftOut) implements Serializable {
  /** Of nothing. */
  public static final Tally NONE = new Tally(0, 0, 0, 0);

  /** Together. */
  public Tally plus(Tally other) {
    return new Tally(
        loss + other.loss, steps + other.steps, skipped + other.skipped, leftOut + other.leftOut);
  }

  Tally step(double value) {
    boolean fine = Double.isFinite(value);
    return new Tally(fine ? loss + value : loss, steps + 1, fine ? skipped : skipped + 1, leftOut);
  }

  double meanLoss() {
    return loss / (steps - skipped);
  }
}
