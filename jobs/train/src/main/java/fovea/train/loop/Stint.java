package fovea.train.loop;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What one trainer made of an order.
 *
 * @param state empty of numbers where they were not finite: it must not be averaged
 */
public record Stint(int shard, State state, Tally tally) implements Serializable {
  private static final Tally LEFT_OUT = new Tally(0, 0, 0, 1);

  static Stint of(int shard, State state, Tally tally) {
    return state.isFinite()
        ? new Stint(shard, state, tally)
        : new Stint(shard, state.with(state.moves(), new float[0]), LEFT_OUT);
  }

  /** Whether it may be averaged. */
  public boolean counts() {
    return tally.leftOut() == 0;
  }

  /** How many pieces of at most so many numbers it comes in. */
  public int pieces(int most) {
    return (state.all().length + most - 1) / most;
  }

  /** One of them. */
  public float[] piece(int number, int most) {
    int from = number * most;
    return Arrays.copyOfRange(state.all(), from, Math.min(from + most, state.all().length));
  }
}
