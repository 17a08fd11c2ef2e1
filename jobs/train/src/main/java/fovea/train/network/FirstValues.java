package fovea.train.network;

import java.util.Arrays;
import java.util.Random;

/**
 * How the values of a tensor begin. {@link Random} is specified to the bit, so the first weights
 * are the same on every machine and do not depend on the engine.
 */
@FunctionalInterface
interface FirstValues {
  /** Fills one tensor. */
  void fill(float[] values, Random random);

  /** All the same. */
  static FirstValues constant(float value) {
    return (values, random) -> Arrays.fill(values, value);
  }

  /** Normal around 0 with variance 2 / fan (He et al. 2015): for layers that a ReLU follows. */
  static FirstValues kaiming(int fan) {
    double deviation = Math.sqrt(2.0 / fan);
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
    };
  }

  /** Uniform within 1 / sqrt(fan in), PyTorch's rule for linear layers and their biases. */
  static FirstValues uniform(int fanIn) {
    double bound = 1 / Math.sqrt(fanIn);
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    };
  }
}
