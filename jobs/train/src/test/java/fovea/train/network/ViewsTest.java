package fovea.train.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import fovea.train.data.Normalisation;
import fovea.train.data.Objective;
import fovea.train.loop.Discs;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final int EDGE = 32;
  private static final Normalisation PLAIN =
      new Normalisation(List.of(0.5, 0.5, 0.5), List.of(0.25, 0.25, 0.25));

  @Test
  void four_views_are_the_mean_of_a_picture_mirrored_each_way() {
    byte[] picture = Discs.disc(true, EDGE, new SplittableRandom(4));
    byte[] across = mirrored(picture, true, false);
    byte[] down = mirrored(picture, false, true);
    byte[] both = mirrored(picture, true, true);
    Torch.forPrediction(1);
    try (Network network = Network.untrained(Networks.byName("cnn"), EDGE, 4, 5)) {
      Predictor one = new Predictor(network, PLAIN, Objective.ORDINAL, Views.ONE);
      Predictor four = new Predictor(network, PLAIN, Objective.ORDINAL, Views.FOUR);
      float[][] each = one.logits(List.of(picture, across, down, both));
      float[] mean = four.logits(List.of(picture))[0];
      for (int k = 0; k < mean.length; k++) {
        double expected = (each[0][k] + each[1][k] + each[2][k] + each[3][k]) / 4.0;
        assertThat((double) mean[k]).isCloseTo(expected, within(1e-5));
      }
      assertThat(each[0]).isNotEqualTo(each[1]);
      assertThat(four.logits(List.of(both))[0]).containsExactly(mean, within(1e-5f));
    }
  }

  @Test
  void there_are_one_or_four() {
    assertThat(Views.of(4)).isEqualTo(Views.FOUR);
    assertThatIllegalArgumentException().isThrownBy(() -> Views.of(2));
  }

  private static byte[] mirrored(byte[] rgb, boolean across, boolean down) {
    byte[] result = new byte[rgb.length];
    for (int y = 0; y < EDGE; y++) {
      for (int x = 0; x < EDGE; x++) {
        int from = 3 * ((down ? EDGE - 1 - y : y) * EDGE + (across ? EDGE - 1 - x : x));
        System.arraycopy(rgb, from, result, 3 * (y * EDGE + x), 3);
      }
    }
    return result;
  }
}
