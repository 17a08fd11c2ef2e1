package fovea.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fovea.train.data.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsTest {
  private static final List<Sample> SAMPLES = Discs.samples(101, 32, 1);
  private static final Map<String, String> TWO = Map.of("trainers", "2", "local-steps", "2");

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void one_trainer_in_rounds_of_any_length_makes_the_weights_of_one_alone(String steps) {
    TrainSettings settings = settings(Map.of("local-steps", steps));
    Trained alone = Training.run(SAMPLES, settings, epoch -> {});
    Trained rounds = run(settings);
    assertThat(rounds.values()).isEqualTo(alone.values());
    assertThat(rounds.history().stream().map(ResumeTest::timeless))
        .isEqualTo(alone.history().stream().map(ResumeTest::timeless).toList());
    assertThat(rounds.test()).isEqualTo(alone.test());
    assertThat(rounds.exchanged()).isPositive();
    assertThat(alone.exchanged()).isZero();
  }

  @Test
  void two_trainers_learn_and_the_same_layout_gives_the_same_weights() {
    Map<String, String> longer = new HashMap<>(TWO);
    longer.put("epochs", "4");
    Trained once = run(settings(longer));
    assertThat(run(settings(longer)).values()).isEqualTo(once.values());
    assertThat(once.test().auc()).isGreaterThan(0.9);
    assertThat(once.history().get(3).trainLoss()).isLessThan(once.history().get(0).trainLoss());
    Trained other = run(settings(Map.of("trainers", "2", "local-steps", "1")));
    assertThat(other.values()).isNotEqualTo(once.values());
  }

  @Test
  void rounds_are_as_many_as_the_steps_of_an_epoch_take() {
    LocalWorkers workers = LocalWorkers.of(settings(TWO), SAMPLES);
    run(workers, epoch -> {}, Checkpoints.none());
    assertThat(workers.basis().steps()).isEqualTo(4); // 61 samples, 31 and 30, by 8
    assertThat(workers.rounds()).isEqualTo(2 * 2);
  }

  @Test
  void killed_rounds_go_on_to_the_very_same_weights() {
    Trained whole = run(settings(TWO));
    Memory memory = new Memory();
    Consumer<Epoch> killer =
        epoch -> {
          if (epoch.epoch() == 1) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> run(LocalWorkers.of(settings(TWO), SAMPLES), killer, memory));
    Trained resumed = run(LocalWorkers.of(settings(TWO), SAMPLES), epoch -> {}, memory);
    assertThat(resumed.resumedAfter()).isEqualTo(1);
    assertThat(resumed.values()).isEqualTo(whole.values());
    assertThat(resumed.history().stream().map(ResumeTest::timeless))
        .isEqualTo(whole.history().stream().map(ResumeTest::timeless).toList());
  }

  @Test
  void a_trainer_that_is_not_finite_is_left_out_and_counted() {
    LocalWorkers workers = LocalWorkers.of(settings(TWO), SAMPLES).poison(1);
    Trained trained = run(workers, epoch -> {}, Checkpoints.none());
    for (float value : trained.values()) {
      assertThat(Float.isFinite(value)).isTrue();
    }
    assertThat(trained.history()).allMatch(epoch -> epoch.leftOut() == 2);
    assertThat(trained.history()).allMatch(epoch -> Double.isFinite(epoch.trainLoss()));
  }

  @Test
  void where_no_trainer_is_finite_the_training_fails() {
    LocalWorkers workers = LocalWorkers.of(settings(TWO), SAMPLES).poison(-2);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> run(workers, epoch -> {}, Checkpoints.none()))
        .withMessageContaining("no trainer came back");
  }

  @Test
  void the_mean_is_that_of_doubles_and_of_the_same_numbers_these() {
    float[] some = {1e8f, -3.3f, 1e-30f, 0};
    assertThat(Round.mean(List.of(some, some, some))).isEqualTo(some);
    float[] small = {1, 2, 3, 5};
    assertThat(Round.mean(List.of(some, small, new float[] {-1e8f, 0, 0, 1})))
        .containsExactly(1 / 3f, -1.3f / 3, 1, 2);
  }

  @Test
  void a_state_is_put_together_again_from_its_pieces() {
    State state = LocalWorkers.of(settings(TWO), SAMPLES).basis().first(Optional.empty());
    Stint stint = Stint.of(0, state, Tally.NONE);
    float[] joined = new float[0];
    for (int i = 0; i < stint.pieces(1000); i++) {
      float[] piece = stint.piece(i, 1000);
      int end = joined.length;
      joined = Arrays.copyOf(joined, end + piece.length);
      System.arraycopy(piece, 0, joined, end, piece.length);
    }
    assertThat(joined).isEqualTo(state.all());
  }

  private static Trained run(TrainSettings settings) {
    return run(LocalWorkers.of(settings, SAMPLES), epoch -> {}, Checkpoints.none());
  }

  private static Trained run(LocalWorkers workers, Consumer<Epoch> listener, Checkpoints kept) {
    return Training.run(workers.basis(), workers, Optional.empty(), listener, kept);
  }

  private static TrainSettings settings(Map<String, String> flags) {
    Map<String, String> all = new HashMap<>(flags);
    all.putIfAbsent("epochs", "2");
    all.put("batch", "8");
    all.put("ema", "0.5");
    return TrainingTest.settings(all);
  }

  private static final class Memory implements Checkpoints {
    private Optional<byte[]> bytes = Optional.empty();

    @Override
    public Optional<byte[]> read() {
      return bytes;
    }

    @Override
    public void write(Supplier<byte[]> checkpoint) {
      bytes = Optional.of(checkpoint.get());
    }
  }
}
