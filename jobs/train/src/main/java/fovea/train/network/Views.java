package fovea.train.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a picture is shown to a network that judges it: as it is, or also mirrored each way. A fundus
 * means the same mirrored, so the mean of the answers is steadier than one.
 */
public enum Views {
  /** As it is. */
  ONE(1, List.of()),
  /** As it is, left for right, upside down, and both: four times the work. */
  FOUR(4, List.of(new int[] {3}, new int[] {2}, new int[] {2, 3}));

  private final int number;
  private final List<int[]> mirrored;

  Views(int number, List<int[]> mirrored) {
    this.number = number;
    this.mirrored = mirrored;
  }

  /** How often a picture is shown. */
  public int number() {
    return number;
  }

  /**
   * Those of a number.
   *
   * @throws IllegalArgumentException where it is neither 1 nor 4
   */
  public static Views of(int number) {
    for (Views views : values()) {
      if (views.number == number) {
        return views;
      }
    }
    throw new IllegalArgumentException("there are no " + number + " views of a picture");
  }

  /**
   * The mean of the logits over all views.
   *
   * @param pictures N x 3 x edge x edge
   * @param network from pictures to logits
   */
  public NDArray mean(NDArray pictures, UnaryOperator<NDArray> network) {
    NDArray sum = network.apply(pictures);
    for (int[] axes : mirrored) {
      sum = sum.add(network.apply(pictures.flip(axes)));
    }
    return number == 1 ? sum : sum.div(number);
  }
}
