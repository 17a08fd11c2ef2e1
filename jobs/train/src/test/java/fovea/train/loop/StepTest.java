package fovea.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fovea.train.data.Normalisation;
import fovea.train.data.Objective;
import fovea.train.data.Sample;
import fovea.train.network.Network;
import fovea.train.network.Networks;
import fovea.train.network.Torch;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
  private static final int EDGE = 32;
  private static final OptimiserSettings PLAIN = new OptimiserSettings(0.01, 0, 0.01, 5, 0.9);
  private static final List<Sample> SAMPLES = Discs.samples(8, EDGE, 1);

  @Test
  void a_batch_that_is_not_finite_moves_neither_weights_nor_statistics() {
    try (Network network = network()) {
      AdamW optimiser = new AdamW(network, PLAIN);
      Averaged averaged = new Averaged(network, 0.9);
      Step step = new Step(network, new Loss(Objective.BINARY, 0, 0), optimiser, averaged);
      assertThat(step.take(batch(1), 0.01)).isFinite();
      float[] before = network.values();
      float[] averagedBefore = averaged.values();
      Batch bad = batch(1);
      bad.planes()[5] = Float.NaN;
      assertThat(step.take(bad, 0.01)).isNaN();
      Batch heavy = batch(Float.MAX_VALUE);
      assertThat(step.take(heavy, 0.01)).isNaN();
      assertThat(network.values()).isEqualTo(before);
      assertThat(averaged.values()).isEqualTo(averagedBefore);
      assertThat(optimiser.steps()).isEqualTo(1);
      assertThat(step.take(batch(1), 0.01)).isFinite();
      assertThat(network.values()).isNotEqualTo(before);
      for (float value : network.values()) {
        assertTrue(Float.isFinite(value));
      }
    }
  }

  @Test
  void the_average_follows_weights_and_statistics_and_lends_itself_to_the_network() {
    try (Network network = network()) {
      AdamW optimiser = new AdamW(network, PLAIN);
      Averaged averaged = new Averaged(network, 0.3);
      Step step = new Step(network, new Loss(Objective.BINARY, 0, 0), optimiser, averaged);
      float[] expected = network.values();
      for (int n = 1; n <= 4; n++) {
        step.take(batch(1), 0.01);
        double kept = Math.min(0.3, (1.0 + n) / (10.0 + n));
        float[] now = network.values();
        for (int i = 0; i < expected.length; i++) {
          expected[i] = (float) (kept * expected[i] + (1 - kept) * now[i]);
        }
      }
      float[] own = network.values();
      assertThat(farthest(averaged.values(), expected)).isLessThan(1e-5);
      assertThat(averaged.during(network::values)).isEqualTo(averaged.values());
      assertThat(network.values()).isEqualTo(own).isNotEqualTo(averaged.values());
    }
  }

  private static double farthest(float[] some, float[] others) {
    double farthest = 0;
    for (int i = 0; i < others.length; i++) {
      farthest = Math.max(farthest, Math.abs(some[i] - others[i]));
    }
    return farthest;
  }

  private static Network network() {
    Torch.forPrediction(1);
    return Network.untrained(Networks.byName("cnn"), EDGE, 1, 3);
  }

  private static Batch batch(float weight) {
    Batch batch = Batch.empty(SAMPLES.size(), EDGE, Objective.BINARY);
    Normalisation normalisation = Normalisation.of(SAMPLES);
    for (int i = 0; i < SAMPLES.size(); i++) {
      batch.put(i, SAMPLES.get(i).rgb(), normalisation, SAMPLES.get(i), new float[] {weight});
    }
    return batch;
  }
}
