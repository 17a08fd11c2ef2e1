package fovea.splat.train;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.scene.PointCloud;
import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CpuTrainerTest {
  private static final int SIZE = 64;

  private static TrainSettings settings(int iterations, int threads) {
    return new TrainSettings(iterations, 400, 1, SIZE, threads, 7, TrainSettings.Background.BLACK);
  }

  @Test
  void training_recovers_a_small_scene() throws TrainingStopped {
    try (Workers workers = new Workers(2);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      List<TrainingView> views = views(rasterizer);
      TrainingScene scene = new TrainingScene(views.subList(1, views.size()), points());
      TrainSettings settings = settings(600, 2);
      Splats found =
          new CpuTrainer().train(scene, settings, TrainListener.silent(), Checkpoints.none());
      Evaluation.Result held = Evaluation.of(found, views.get(0), settings, rasterizer, workers);
      assertThat(held.psnr()).isGreaterThan(24);
      assertThat(held.ssim()).isGreaterThan(0.85);
      assertThat(found.count()).isLessThanOrEqualTo(400);
    }
  }

  @Test
  void the_same_seed_gives_the_same_model_whatever_the_threads() throws TrainingStopped {
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      TrainingScene scene = new TrainingScene(views(rasterizer), points());
      Splats one =
          new CpuTrainer()
              .train(scene, settings(80, 1), TrainListener.silent(), Checkpoints.none());
      Splats two =
          new CpuTrainer()
              .train(scene, settings(80, 3), TrainListener.silent(), Checkpoints.none());
      assertThat(one.means).isEqualTo(two.means);
      assertThat(one.shRest).isEqualTo(two.shRest);
    }
  }

  @Test
  void the_estimate_of_memory_grows_with_the_cap() {
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      TrainingScene scene = new TrainingScene(views(rasterizer), points());
      long small = new CpuTrainer().bytes(scene, settings(1, 1));
      TrainSettings large =
          new TrainSettings(1, 1_000_000, 3, SIZE, 1, 7, TrainSettings.Background.BLACK);
      assertThat(new CpuTrainer().bytes(scene, large)).isBetween(900L << 20, 2L << 30);
      assertThat(small).isLessThan(8 << 20);
    }
  }

  private static List<TrainingView> views(CpuRasterizer rasterizer) {
    return SmallScene.views(SmallScene.cloud(60, 0, 0.15, 11), rasterizer, 17, SIZE, SIZE);
  }

  // Near the truth, as structure from motion would give them.
  private static PointCloud points() {
    Splats truth = SmallScene.cloud(60, 0, 0.15, 11);
    SplittableRandom random = new SplittableRandom(1);
    float[] xyz = new float[9 * truth.count()];
    byte[] rgb = new byte[xyz.length];
    for (int i = 0; i < xyz.length; i++) {
      int source = 3 * (i / 9) + i % 3;
      xyz[i] = truth.means[source] + (float) random.nextDouble(-0.1, 0.1);
      double colour = 0.5 + 0.282 * truth.sh0[source];
      rgb[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, colour)));
    }
    return new PointCloud(xyz, rgb);
  }
}
