package fovea.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fovea.scene.PointCloud;
import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointsTest {
  private static final int SIZE = 48;
  private static final int STEPS = 130;

  private final TrainingScene scene = scene();
  private final MemoryCheckpoints kept = new MemoryCheckpoints();

  private static TrainSettings settings(long seed) {
    return new TrainSettings(STEPS, 150, 2, SIZE, 2, seed, TrainSettings.Background.BLACK);
  }

  @Test
  void a_training_that_was_stopped_and_resumed_gives_bit_for_bit_the_same_model() throws Exception {
    Splats whole = train(settings(7), Listening.to(STEPS), Checkpoints.none());
    stopAt(91);
    int writes = kept.writes;
    assertThat(writes).isPositive();
    Listening resumed = Listening.to(STEPS);
    Splats model = train(settings(7), resumed, kept);
    assertThat(resumed.steps.get(0)).isGreaterThan(1).isLessThanOrEqualTo(92);
    assertThat(resumed.warnings).isEmpty();
    assertThat(model.count()).isEqualTo(whole.count()).isGreaterThan(60);
    for (int part = 0; part < whole.parts().size(); part++) {
      assertThat(model.parts().get(part)).isEqualTo(whole.parts().get(part));
    }
  }

  @Test
  void a_training_ends_right_after_the_step_at_which_it_is_asked_to() {
    Listening listener = Listening.to(5);
    TrainingStopped stopped =
        catchThrowableOfType(
            TrainingStopped.class, () -> train(settings(7), listener, Checkpoints.none()));
    assertThat(stopped.iteration()).isEqualTo(5);
    assertThat(listener.steps).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void a_damaged_checkpoint_is_passed_over_with_a_warning() throws Exception {
    stopAt(40);
    byte[] sound = kept.last;
    for (int at : new int[] {3, 13, 30, 46, 49, 53, 57, 65, 4000, sound.length - 2}) {
      kept.last = sound.clone();
      kept.last[at] ^= 0x41;
      assertThat(firstStep(settings(7))).as("byte " + at).isEqualTo(1);
    }
    for (int length : new int[] {1, 20, 66, sound.length / 2, sound.length - 1}) {
      kept.last = Arrays.copyOf(sound, length);
      assertThat(firstStep(settings(7))).as("length " + length).isEqualTo(1);
    }
    kept.last = Arrays.copyOf(sound, sound.length + 1);
    assertThat(firstStep(settings(7))).isEqualTo(1);
    kept.last = sound;
    assertThat(firstStep(settings(7))).isGreaterThan(1);
  }

  @Test
  void a_checkpoint_of_another_seed_is_foreign_but_not_one_of_other_threads() throws Exception {
    stopAt(40);
    byte[] sound = kept.last;
    assertThat(firstStep(settings(8))).isEqualTo(1);
    kept.last = sound;
    assertThat(firstStep(settings(7).withThreads(1))).isGreaterThan(1);
  }

  @Test
  void training_goes_on_where_no_checkpoint_can_be_read_or_written() throws Exception {
    Checkpoints broken =
        new Checkpoints() {
          @Override
          public Optional<InputStream> open() throws IOException {
            throw new IOException("no such store");
          }

          @Override
          public void write(Content content) throws IOException {
            throw new IOException("disk full");
          }
        };
    Listening listener = Listening.to(STEPS);
    assertThat(train(settings(7), listener, broken).count()).isPositive();
    assertThat(listener.warnings).anyMatch(w -> w.contains("no such store"));
    assertThat(listener.warnings).anyMatch(w -> w.contains("disk full"));
  }

  private void stopAt(int step) {
    Listening listener = Listening.to(step);
    catchThrowableOfType(TrainingStopped.class, () -> train(settings(7), listener, kept));
    assertThat(kept.last).isNotEmpty();
  }

  private int firstStep(TrainSettings settings) {
    Listening listener = Listening.to(1);
    catchThrowableOfType(TrainingStopped.class, () -> train(settings, listener, kept));
    assertThat(listener.warnings).hasSize(listener.steps.get(0) == 1 ? 1 : 0);
    return listener.steps.get(0);
  }

  private Splats train(TrainSettings settings, TrainListener listener, Checkpoints checkpoints)
      throws TrainingStopped {
    return new CpuTrainer(0).train(scene, settings, listener, checkpoints);
  }

  private static TrainingScene scene() {
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      Splats truth = SmallScene.cloud(60, 0, 0.15, 11);
      return new TrainingScene(
          SmallScene.views(truth, rasterizer, 7, SIZE, SIZE),
          new PointCloud(truth.means, new byte[truth.means.length]));
    }
  }

  private record Listening(int last, List<Integer> steps, List<String> warnings)
      implements TrainListener {
    static Listening to(int last) {
      return new Listening(last, new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public void after(Progress progress) {
      steps.add(progress.iteration());
    }

    @Override
    public boolean stop() {
      return last < STEPS && steps.get(steps.size() - 1) >= last;
    }

    @Override
    public void warning(String sentence) {
      warnings.add(sentence);
    }
  }
}
