package fovea.train.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import fovea.train.network.StateTensor.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitecturesTest {
  private static final int EDGE = 64;
  private static final int PICTURES = 4;
  private static final double STEP = 0.002;

  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512",
    "resnet50, 25557032",
    "efficientnet-b0, 5288548",
    "efficientnet-b1, 7794184",
    "efficientnet-b2, 9109994",
    "efficientnet-b3, 12233232",
    "efficientnet-b4, 19341616",
    "efficientnet-b5, 30389784",
    "efficientnet-b6, 43040704",
    "efficientnet-b7, 66347960"
  })
  void a_network_has_as_many_weights_as_torchvisions(String name, int weights) {
    assertThat(weights(name, 1000)).isEqualTo(weights);
  }

  @Test
  void without_its_classifier_the_smallest_efficient_net_has_four_million_weights() {
    int classifier = 1280 + 1;
    assertThat(weights("efficientnet-b0", 1) - classifier).isEqualTo(4_007_548);
  }

  @Test
  void names_are_those_of_torchvision() {
    assertThat(names("resnet18"))
        .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean")
        .contains("layer2.0.downsample.0.weight", "layer4.1.bn2.running_var", "fc.bias")
        .doesNotHaveDuplicates();
    assertThat(names("efficientnet-b0"))
        .startsWith("features.0.0.weight", "features.0.1.weight")
        .contains("features.1.0.block.1.fc1.bias", "features.2.0.block.1.0.weight")
        .contains("features.8.1.running_var", "classifier.1.weight")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn", "resnet18", "resnet50", "efficientnet-b0"})
  void a_step_down_the_gradient_lowers_the_loss(String name) {
    Torch.forPrediction(1);
    try (Network network = Network.untrained(Networks.byName(name), EDGE, 3, 1)) {
      double first = step(network);
      assertThat(step(network)).isLessThan(first);
    }
  }

  @Test
  void statistics_move_with_a_batch_that_is_learned_and_not_with_one_that_is_judged() {
    Torch.forPrediction(1);
    try (Network network = Network.untrained(Networks.byName("cnn"), EDGE, 2, 1);
        NDManager scope = network.manager().newSubManager()) {
      float[] before = network.values();
      assertThat(network.infer(pictures(scope)).getShape()).isEqualTo(new Shape(PICTURES, 2));
      assertThat(moved(network, before)).isEmpty();
      network.learn(pictures(scope));
      assertThat(moved(network, before)).allMatch(t -> t.role() == Role.STATISTIC).hasSize(10);
    }
  }

  @Test
  void a_picture_is_skipped_or_kept_as_a_whole_and_the_seed_decides() {
    Torch.forPrediction(1);
    assertThat(learned(1)).isEqualTo(learned(1));
    assertThat(learned(1)).isNotEqualTo(learned(2));
  }

  private static float[] learned(long seed) {
    Architecture b0 = Networks.byName("efficientnet-b0");
    float[] values = b0.description().apply(1).first(7);
    try (Network network = Network.trained(b0, EDGE, 1, values);
        NDManager scope = network.manager().newSubManager()) {
      Torch.seed(seed);
      return network.learn(pictures(scope)).toFloatArray();
    }
  }

  // Down the gradient by a fixed length; the seed makes dropout the same each time.
  private static double step(Network network) {
    Torch.seed(1);
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray loss = Torch.withGradients(() -> backward(network, scope));
      List<NDArray> weights =
          network.parameters().stream()
              .filter(Parameter::requiresGradient)
              .map(Parameter::getArray)
              .toList();
      List<NDArray> gradients = weights.stream().map(NDArray::getGradient).toList();
      gradients.forEach(gradient -> gradient.attach(scope));
      double length =
          Math.sqrt(gradients.stream().mapToDouble(g -> g.mul(g).sum().getFloat()).sum());
      for (int i = 0; i < weights.size(); i++) {
        weights.get(i).subi(gradients.get(i).mul(STEP / length));
        JniUtils.zeroGrad((PtNDArray) weights.get(i));
      }
      return loss.getFloat();
    }
  }

  private static NDArray backward(Network network, NDManager scope) {
    NDArray distance = network.learn(pictures(scope)).sub(1);
    NDArray mean = distance.mul(distance).mean();
    JniUtils.backward((PtNDArray) mean, (PtNDArray) scope.ones(mean.getShape()), false, false);
    return mean;
  }

  private static List<StateTensor> moved(Network network, float[] before) {
    float[] after = network.values();
    List<StateTensor> state = Networks.byName("cnn").description().apply(2).state();
    int[] at = {0};
    return state.stream()
        .filter(
            tensor -> {
              int from = at[0];
              at[0] += tensor.size();
              return !Arrays.equals(before, from, at[0], after, from, at[0]);
            })
        .toList();
  }

  private static NDArray pictures(NDManager scope) {
    return scope.create(Waves.pictures(PICTURES, EDGE), new Shape(PICTURES, 3, EDGE, EDGE));
  }

  private static int weights(String name, int outputs) {
    return Networks.byName(name).description().apply(outputs).state().stream()
        .filter(tensor -> tensor.role() == Role.WEIGHT)
        .mapToInt(StateTensor::size)
        .sum();
  }

  private static List<String> names(String name) {
    return Networks.byName(name).description().apply(1).state().stream()
        .map(StateTensor::name)
        .toList();
  }
}
