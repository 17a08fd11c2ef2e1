package fovea.splatcuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.contract.errors.CallerMistake;
import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import fovea.splat.train.Checkpoints;
import fovea.splat.train.Evaluation;
import fovea.splat.train.TrainListener;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.Trainer;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingStopped;
import fovea.splatcuda.DeviceSplats.Size;
import fovea.splatcuda.DeviceSplats.Unseen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class CudaTrainerTest {
  private static final byte[] PRINT = new byte[32];

  private final TrainingScene scene = Cloud.scene(Cloud.of(40, 40, 0, 0.2, 6), 5, 48, 40);

  @Test
  void it_is_found_and_tells_why_it_is_not_available() {
    Trainer found =
        ServiceLoader.load(Trainer.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(CudaTrainer.class::isInstance)
            .findFirst()
            .orElseThrow();
    if (found.available()) {
      assertThat(found.device()).startsWith("CUDA, ").doesNotContain("emulated");
      assertThat(found.room()).isPositive();
    } else {
      assertThat(found.device()).startsWith("no CUDA device: ").hasSizeGreaterThan(20);
      assertThatThrownBy(() -> found.bytes(scene, Cloud.settings(1, 100, 0)))
          .hasMessageContaining("no CUDA device: ");
    }
  }

  @Test
  void the_built_library_loads_and_answers_without_a_driver() {
    assumeTrue(
        Door.class.getResource("/linux-x86-64/libfovea_splat.so") != null,
        "this build has no CUDA library (profile cuda)");
    Door door = Door.load();
    assumeTrue(!door.open(), "this machine has a device");
    assertThat(door.reason()).startsWith("no usable NVIDIA device: ");
  }

  @Test
  void training_recovers_a_small_scene() throws TrainingStopped {
    List<TrainListener.Progress> heard = new ArrayList<>();
    TrainSettings settings = Cloud.settings(150, 60, 1);
    CudaTrainer trainer = new CudaTrainer(TestDevice.door());
    TrainingScene seen = new TrainingScene(scene.views().subList(1, 5), scene.points());
    assertThat(trainer.bytes(seen, settings)).isBetween(1L << 20, 64L << 20);
    Splats found = trainer.train(seen, settings, heard::add, Checkpoints.none());
    assertThat(heard).extracting(TrainListener.Progress::iteration).hasSize(150).isSorted();
    assertThat(heard.get(149).loss()).isLessThan(0.5 * heard.get(0).loss());
    assertThat(found.count()).isBetween(heard.get(149).gaussians(), 60).isGreaterThan(50);
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      Evaluation.Result held =
          Evaluation.of(found, scene.views().get(0), settings, rasterizer, workers);
      assertThat(held.psnr()).isGreaterThan(22);
    }
  }

  @Test
  void a_training_that_was_cut_off_goes_on_bit_for_bit() throws IOException {
    TrainSettings settings = Cloud.settings(64, 60, 1);
    try (DeviceSplats one = device(settings);
        DeviceSplats two = device(settings)) {
      CudaTraining whole = new CudaTraining(one, scene, settings);
      ByteArrayOutputStream kept = new ByteArrayOutputStream();
      while (!whole.finished()) {
        whole.advance();
        if (whole.iteration() == 32) {
          whole.save(kept, PRINT);
        }
      }
      CudaTraining resumed = new CudaTraining(two, scene, settings);
      resumed.resume(new ByteArrayInputStream(kept.toByteArray()), PRINT);
      assertThat(resumed.iteration()).isEqualTo(32);
      while (!resumed.finished()) {
        resumed.advance();
      }
      for (int part = 0; part < 6; part++) {
        assertThat(resumed.splats().parts().get(part)).isEqualTo(whole.splats().parts().get(part));
      }
    }
  }

  @Test
  void what_cannot_be_is_answered_in_words() {
    Door door = TestDevice.door();
    TrainSettings settings = Cloud.settings(10, 60, 1);
    Size none = new Size(0, 3, 1, 100, 1, 300);
    assertThatThrownBy(() -> none.bytes(door)).hasMessageContaining("cannot be");
    Size narrow = new Size(60, 1, 5, 10, 1, 30);
    assertThatThrownBy(
            () -> new DeviceSplats(door, narrow, Cloud.BACKGROUND, Unseen.FOLLOW, scene.views()))
        .hasMessageContaining("larger than was announced");
    Size huge = new Size(20_000_000, 3, 5, 1L << 40, 1 << 20, 300);
    assertThatThrownBy(
            () -> new DeviceSplats(door, huge, Cloud.BACKGROUND, Unseen.FOLLOW, scene.views()))
        .isInstanceOf(CallerMistake.class);
    try (DeviceSplats device = device(settings)) {
      assertThatThrownBy(() -> device.differentiate(5, 0, 0)).isInstanceOf(RuntimeException.class);
      assertThatThrownBy(() -> device.differentiate(0, 4, 0)).hasMessageContaining("degree");
      assertThatThrownBy(() -> device.losses(0, 257)).hasMessageContaining("256");
    }
  }

  private DeviceSplats device(TrainSettings settings) {
    Size size = Size.of(scene.views(), settings.cap(), settings.degree());
    return new DeviceSplats(
        TestDevice.door(), size, Cloud.BACKGROUND, Unseen.FOLLOW, scene.views());
  }
}
