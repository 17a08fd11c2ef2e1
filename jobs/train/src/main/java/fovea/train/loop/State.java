package fovea.train.loop;

import java.io.Serializable;
import java.util.Arrays;

/**
 * All that a trainer needs to go on: weights with running statistics, their running average where
 * one is kept, and the optimiser's moments; one after the other, so that states can be averaged
 * piece by piece.
 *
 * @param moves the optimiser has made
 * @param size of the network's values
 * @param trainable of them, moved by the optimiser
 * @param all values, [averaged values], mean, variance
 */
public record State(int moves, int size, int trainable, float[] all) implements Serializable {

  static State first(float[] values, int trainable, boolean averages) {
    float[] none = new float[trainable];
    AdamW.Moments moments = new AdamW.Moments(0, none, none);
    return of(values, averages ? values : new float[0], moments);
  }

  /**
   * Of its parts.
   *
   * @param averaged empty where none is kept
   */
  static State of(float[] values, float[] averaged, AdamW.Moments moments) {
    int trainable = moments.mean().length;
    float[] all = new float[values.length + averaged.length + 2 * trainable];
    int end = put(values, all, 0);
    end = put(averaged, all, end);
    end = put(moments.mean(), all, end);
    put(moments.variance(), all, end);
    return new State(moments.steps(), values.length, trainable, all);
  }

  /** The same with other numbers. */
  public State with(int otherMoves, float[] others) {
    return new State(otherMoves, size, trainable, others);
  }

  float[] values() {
    return Arrays.copyOf(all, size);
  }

  /** The values that are judged and kept: the averaged ones, or the values where none are. */
  float[] kept() {
    return averages() ? Arrays.copyOfRange(all, size, 2 * size) : values();
  }

  boolean averages() {
    return all.length > size + 2 * trainable;
  }

  AdamW.Moments moments() {
    int variance = all.length - trainable;
    return new AdamW.Moments(
        moves,
        Arrays.copyOfRange(all, variance - trainable, variance),
        Arrays.copyOfRange(all, variance, all.length));
  }

  /** Whether every number is one. */
  boolean isFinite() {
    for (float value : all) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** What it takes to send it. */
  public long bytes() {
    return (long) Float.BYTES * all.length;
  }

  private static int put(float[] part, float[] all, int from) {
    System.arraycopy(part, 0, all, from, part.length);
    return from + part.length;
  }
}
