package fovea.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import fovea.train.network.Network;
import fovea.train.network.Networks;
import fovea.train.network.Torch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final int EDGE = 32;
  private static final double RATE = 0.01;

  @Test
  void steps_are_those_of_the_published_update() {
    follow(new OptimiserSettings(RATE, 0, 0.1, 0, 0), 5);
  }

  @Test
  void a_gradient_longer_than_the_clip_is_shortened_as_a_whole() {
    double norm = follow(new OptimiserSettings(RATE, 0, 0.1, 0.05, 0), 5);
    assertThat(norm).as("a clip that never bites shows nothing").isGreaterThan(0.1);
  }

  // Loshchilov and Hutter 2019, algorithm 2, in doubles; the least norm seen.
  private static double follow(OptimiserSettings settings, int steps) {
    Torch.forPrediction(1);
    double leastNorm = Double.MAX_VALUE;
    try (Network network = Network.untrained(Networks.byName("cnn"), EDGE, 1, 3)) {
      AdamW optimiser = new AdamW(network, settings);
      List<double[]> weights = weights(network);
      List<double[]> mean = weights.stream().map(w -> new double[w.length]).toList();
      List<double[]> variance = weights.stream().map(w -> new double[w.length]).toList();
      for (int t = 1; t <= steps; t++) {
        List<double[]> gradients = gradients(network, t);
        double norm = norm(gradients);
        leastNorm = Math.min(leastNorm, norm);
        double scale = settings.clip() > 0 ? Math.min(1, settings.clip() / norm) : 1;
        for (int p = 0; p < weights.size(); p++) {
          double decay = isVector(network, p) ? 0 : settings.weightDecay();
          for (int i = 0; i < weights.get(p).length; i++) {
            double g = scale * gradients.get(p)[i];
            double m = mean.get(p)[i] = 0.9 * mean.get(p)[i] + 0.1 * g;
            double v = variance.get(p)[i] = 0.999 * variance.get(p)[i] + 0.001 * g * g;
            double fair =
                (m / (1 - Math.pow(0.9, t))) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
            weights.get(p)[i] -= RATE * (fair + decay * weights.get(p)[i]);
          }
        }
        assertThat(optimiser.step(RATE)).isTrue();
        optimiser.clear();
        compare(network, weights);
      }
    }
    return leastNorm;
  }

  // Where a gradient is a rounding error its sign is luck, and so is a whole step.
  private static void compare(Network network, List<double[]> expected) {
    List<double[]> found = weights(network);
    long far = 0;
    long all = 0;
    for (int p = 0; p < found.size(); p++) {
      for (int i = 0; i < found.get(p).length; i++) {
        far += Math.abs(found.get(p)[i] - expected.get(p)[i]) > 1e-4 * RATE + 1e-6 ? 1 : 0;
        all++;
      }
    }
    assertThat((double) far / all).isEqualTo(0, within(0.001));
  }

  private static List<double[]> gradients(Network network, int seed) {
    try (NDManager scope = network.manager().newSubManager()) {
      Torch.withGradients(
          () -> {
            Torch.seed(seed);
            NDArray pictures = scope.randomNormal(new Shape(4, 3, EDGE, EDGE));
            NDArray value = network.learn(pictures).sub(seed).square().mean();
            JniUtils.backward(
                (PtNDArray) value, (PtNDArray) scope.ones(value.getShape()), false, false);
            return value;
          });
    }
    List<double[]> gradients = new ArrayList<>();
    for (Parameter parameter : moved(network)) {
      try (NDArray gradient = parameter.getArray().getGradient()) {
        gradients.add(doubles(gradient));
      }
    }
    return gradients;
  }

  private static double norm(List<double[]> gradients) {
    return Math.sqrt(
        gradients.stream().flatMapToDouble(java.util.Arrays::stream).map(g -> g * g).sum());
  }

  private static List<double[]> weights(Network network) {
    List<double[]> weights = new ArrayList<>();
    moved(network).forEach(p -> weights.add(doubles(p.getArray())));
    return weights;
  }

  private static boolean isVector(Network network, int p) {
    return moved(network).get(p).getArray().getShape().dimension() == 1;
  }

  private static List<Parameter> moved(Network network) {
    return network.parameters().stream().filter(Parameter::requiresGradient).toList();
  }

  private static double[] doubles(NDArray array) {
    float[] floats = array.toFloatArray();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      doubles[i] = floats[i];
    }
    return doubles;
  }
}
