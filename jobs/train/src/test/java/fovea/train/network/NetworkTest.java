package fovea.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.train.data.Normalisation;
import fovea.train.loop.Discs;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final int EDGE = 32;
  private static final Architecture CNN = Networks.byName("cnn");

  @Test
  void the_small_network_has_the_weights_its_layers_add_up_to() {
    int convolutions = 9 * (3 * 16 + 16 * 32 + 32 * 64 + 64 * 128 + 128 * 192);
    int normalisations = 2 * (16 + 32 + 64 + 128 + 192);
    try (Network network = Network.untrained(CNN, EDGE, 1, 1)) {
      assertThat(network.trainable()).isEqualTo(convolutions + normalisations + 193);
      assertThat(network.values()).hasSize(convolutions + 2 * normalisations + 193);
    }
  }

  @Test
  void a_network_read_from_its_file_says_the_same() {
    Torch.forPrediction(1);
    List<byte[]> pictures = List.of(disc(true), disc(false));
    Normalisation plain = new Normalisation(List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));
    try (Network first = Network.untrained(CNN, EDGE, 1, 1)) {
      float[] values = WeightsFile.read(WeightsFile.write(first.values()));
      try (Network second = Network.trained(CNN, EDGE, 1, values)) {
        assertThat(new Predictor(second, plain).scores(pictures))
            .containsExactly(new Predictor(first, plain).scores(pictures));
        assertThat(hash(second)).isEqualTo(hash(first));
      }
    }
  }

  @Test
  void a_batch_says_of_each_picture_what_the_picture_alone_gets() {
    Torch.forPrediction(1);
    Normalisation plain = new Normalisation(List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));
    try (Network network = Network.untrained(CNN, EDGE, 1, 5)) {
      Predictor predictor = new Predictor(network, plain);
      float[] together = predictor.scores(List.of(disc(true), disc(false)));
      assertThat(predictor.scores(List.of(disc(false)))[0])
          .isCloseTo(together[1], org.assertj.core.api.Assertions.within(1e-5f));
    }
  }

  @Test
  void the_seed_decides_the_first_weights() {
    assertThat(firstWeights(3)).isEqualTo(firstWeights(3));
    assertThat(firstWeights(3)).isNotEqualTo(firstWeights(4));
  }

  @Test
  void a_file_of_another_length_or_with_a_value_that_is_not_finite_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.trained(CNN, EDGE, 1, new float[7]).close())
        .withMessageContaining("cannot be: 7");
    assertThatIllegalArgumentException().isThrownBy(() -> WeightsFile.read(new byte[7]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightsFile.read(WeightsFile.write(new float[] {Float.NaN})));
  }

  @Test
  void an_unknown_architecture_is_the_callers_mistake() {
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(() -> Networks.byName("transformer"))
        .withMessageContaining("cnn");
  }

  private static String firstWeights(long seed) {
    try (Network network = Network.untrained(CNN, EDGE, 1, seed)) {
      return hash(network);
    }
  }

  private static String hash(Network network) {
    return Sha256.of(WeightsFile.write(network.values()));
  }

  private static byte[] disc(boolean bright) {
    return Discs.disc(bright, EDGE, new SplittableRandom(2));
  }
}
