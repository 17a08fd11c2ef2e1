package fovea.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fovea.contract.hash.Sha256;
import fovea.train.data.Sample;
import fovea.train.network.WeightsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private static final List<Sample> SAMPLES = Discs.graded(100, 32, 1);
  private static final TrainSettings SETTINGS =
      TrainingTest.settings(Map.of("epochs", "5", "ema", "0.8", "objective", "ordinal"));
  private static final Trained WHOLE = Training.run(SAMPLES, SETTINGS, epoch -> {});

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void a_killed_training_goes_on_to_the_very_same_weights(int epochs) {
    Memory memory = new Memory();
    killAfter(epochs, memory);
    List<Integer> heard = new ArrayList<>();
    Trained resumed =
        Training.run(
            SAMPLES, SETTINGS, Optional.empty(), epoch -> heard.add(epoch.epoch()), memory);
    assertThat(heard).first().as("where the progress line begins").isEqualTo(epochs);
    assertThat(resumed.resumedAfter()).isEqualTo(epochs);
    assertThat(resumed.history().stream().map(ResumeTest::timeless))
        .isEqualTo(WHOLE.history().stream().map(ResumeTest::timeless).toList());
    assertThat(hash(resumed)).isEqualTo(hash(WHOLE));
    assertThat(resumed.bestEpoch()).isEqualTo(WHOLE.bestEpoch());
    assertThat(resumed.test()).isEqualTo(WHOLE.test());
  }

  @Test
  void a_checkpoint_that_is_torn_or_of_another_network_is_left_aside() {
    Memory torn = new Memory();
    killAfter(2, torn);
    torn.bytes = Arrays.copyOf(torn.bytes, torn.bytes.length - 100_000);
    assertThat(Training.run(SAMPLES, SETTINGS, Optional.empty(), epoch -> {}, torn).resumedAfter())
        .isZero();
    Memory other = new Memory();
    killAfter(2, other);
    TrainSettings binary = TrainingTest.settings(Map.of("epochs", "1"));
    assertThat(Training.run(SAMPLES, binary, Optional.empty(), epoch -> {}, other).resumedAfter())
        .isZero();
  }

  private static void killAfter(int epochs, Memory memory) {
    assertThatExceptionOfType(Killed.class)
        .isThrownBy(
            () ->
                Training.run(
                    SAMPLES,
                    SETTINGS,
                    Optional.empty(),
                    epoch -> {
                      if (epoch.epoch() == epochs) {
                        throw new Killed();
                      }
                    },
                    memory));
  }

  static Epoch timeless(Epoch e) {
    return new Epoch(
        e.epoch(),
        e.trainLoss(),
        e.validationLoss(),
        e.validationAuc(),
        e.learningRate(),
        e.skippedSteps(),
        e.leftOut(),
        0);
  }

  private static String hash(Trained trained) {
    return Sha256.of(WeightsFile.write(trained.values()));
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Memory implements Checkpoints {
    private byte[] bytes = {};

    @Override
    public Optional<byte[]> read() {
      return Optional.of(bytes);
    }

    @Override
    public void write(Supplier<byte[]> checkpoint) {
      bytes = checkpoint.get();
    }
  }
}
