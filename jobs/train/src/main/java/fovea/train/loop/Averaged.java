package fovea.train.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import fovea.train.network.Network;
import java.util.List;
import java.util.function.Supplier;

/**
 * The exponential moving average of a network's weights and running statistics (Polyak and Juditsky
 * 1992). It follows faster at first, so that the random weights of the beginning are soon
 * forgotten. Without a decay it is the network itself.
 */
final class Averaged {
  private final Network network;
  private final double decay;
  private final List<NDArray> shadows;

  Averaged(Network network, double decay) {
    this.network = network;
    this.decay = decay;
    this.shadows =
        decay == 0
            ? List.of()
            : network.parameters().stream().map(p -> p.getArray().duplicate()).toList();
  }

  /**
   * Takes in what a step made of the weights.
   *
   * @param steps there were, this one included
   */
  void follow(int steps) {
    if (decay == 0) {
      return;
    }
    float kept = (float) kept(decay, steps);
    List<Parameter> parameters = network.parameters();
    for (int i = 0; i < shadows.size(); i++) {
      try (NDArray added = parameters.get(i).getArray().mul(1 - kept)) {
        shadows.get(i).muli(kept).addi(added);
      }
    }
  }

  /** The share of the average that a step keeps. */
  static double kept(double decay, int steps) {
    return Math.min(decay, (1.0 + steps) / (10.0 + steps));
  }

  /** Whether there is an average besides the network itself. */
  boolean isKept() {
    return decay > 0;
  }

  /** All values, see {@link Network#values()}. */
  float[] values() {
    return decay == 0 ? network.values() : Flat.read(shadows);
  }

  /** Goes on from there. */
  void resume(float[] values) {
    if (decay > 0) {
      Flat.write(values, shadows);
    }
  }

  /** Lets the network have the averaged values meanwhile. */
  <T> T during(Supplier<T> work) {
    if (decay == 0) {
      return work.get();
    }
    float[] own = network.values();
    network.replaceValues(values());
    try {
      return work.get();
    } finally {
      network.replaceValues(own);
    }
  }
}
