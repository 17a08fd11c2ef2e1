package fovea.splat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.scene.Picture;
import fovea.scene.PointCloud;
import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CpuTrainerTest {
  private static final int SIZE = 64;
  private static final double[] GAINS = {0.5, 1, 0.7, 0.9, 0.6};
  private static final float UNIT = 1024;

  private static TrainSettings settings(int iterations, int threads) {
    return new TrainSettings(iterations, 400, 1, SIZE, threads, 7, TrainSettings.Background.BLACK);
  }

  @Test
  void training_recovers_a_small_scene() throws TrainingStopped {
    try (Workers workers = new Workers(2);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      List<TrainingView> views = views(rasterizer);
      TrainingScene scene = new TrainingScene(views.subList(1, views.size()), points(1));
      TrainSettings settings = settings(1000, 2);
      Splats found = train(scene, settings);
      Evaluation.Result held = Evaluation.of(found, views.get(0), settings, rasterizer, workers);
      assertThat(held.psnr()).isGreaterThan(35);
      assertThat(held.ssim()).isGreaterThan(0.97);
      assertThat(found.count()).isLessThanOrEqualTo(400);
    }
  }

  @Test
  void photographs_of_different_exposure_do_not_spoil_the_model() throws TrainingStopped {
    try (Workers workers = new Workers(2);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      List<TrainingView> views = views(rasterizer);
      List<TrainingView> exposed = new ArrayList<>();
      for (int k = 1; k < views.size(); k++) {
        exposed.add(exposed(views.get(k), GAINS[k % GAINS.length]));
      }
      TrainingScene scene = new TrainingScene(exposed, points(1));
      TrainSettings each = settings(250, 2);
      TrainSettings same = each.withExposure(TrainSettings.Exposure.SAME);
      Evaluation.Result held =
          Evaluation.of(train(scene, each), views.get(0), each, rasterizer, workers);
      Evaluation.Result spoilt =
          Evaluation.of(train(scene, same), views.get(0), same, rasterizer, workers);
      // The average exposure is darker than the photograph that judges.
      assertThat(held.compensated()).isGreaterThan(held.psnr() + 1);
      assertThat(held.compensated()).isGreaterThan(spoilt.compensated() + 0.5);
    }
  }

  @Test
  void the_unit_of_length_does_not_matter() throws TrainingStopped {
    try (Workers workers = new Workers(2);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      List<TrainingView> views = views(rasterizer);
      List<TrainingView> larger = views.stream().map(CpuTrainerTest::enlarged).toList();
      TrainSettings settings = settings(120, 2);
      Splats small = train(new TrainingScene(views, points(1)), settings);
      Splats large = train(new TrainingScene(larger, points(UNIT)), settings);
      double psnr = Evaluation.of(small, views.get(0), settings, rasterizer, workers).psnr();
      assertThat(Evaluation.of(large, larger.get(0), settings, rasterizer, workers).psnr())
          .isCloseTo(psnr, within(0.5));
    }
  }

  @Test
  void the_same_seed_gives_the_same_model_whatever_the_threads() throws TrainingStopped {
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      TrainingScene scene = new TrainingScene(views(rasterizer), points(1));
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
      TrainingScene scene = new TrainingScene(views(rasterizer), points(1));
      long small = new CpuTrainer().bytes(scene, settings(1, 1));
      TrainSettings large =
          new TrainSettings(1, 1_000_000, 3, SIZE, 1, 7, TrainSettings.Background.BLACK);
      assertThat(new CpuTrainer().bytes(scene, large)).isBetween(900L << 20, 2L << 30);
      assertThat(small).isLessThan(8 << 20);
    }
  }

  @Test
  void training_takes_about_the_memory_it_was_estimated_to() throws TrainingStopped {
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      TrainingScene scene = new TrainingScene(views(rasterizer), points(1));
      TrainSettings settings =
          new TrainSettings(2, 50_000, 3, SIZE, 1, 7, TrainSettings.Background.BLACK);
      long before = used();
      long[] most = new long[1];
      new CpuTrainer()
          .train(scene, settings, p -> most[0] = Math.max(most[0], used()), Checkpoints.none());
      long estimate = new CpuTrainer().bytes(scene, settings);
      assertThat(most[0] - before).isBetween(estimate / 2, estimate);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static Splats train(TrainingScene scene, TrainSettings settings) throws TrainingStopped {
    return new CpuTrainer().train(scene, settings, TrainListener.silent(), Checkpoints.none());
  }

  private static TrainingView exposed(TrainingView view, double gain) {
    byte[] planes = view.picture().planes().clone();
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) Math.min(255, Math.round(gain * (planes[i] & 0xff)));
    }
    return new TrainingView(view.name(), view.camera(), new Picture(SIZE, SIZE, planes));
  }

  private static TrainingView enlarged(TrainingView view) {
    Camera camera = SmallScene.camera(view.camera(), UNIT);
    return new TrainingView(view.name(), camera, view.picture());
  }

  private static List<TrainingView> views(CpuRasterizer rasterizer) {
    return SmallScene.views(SmallScene.cloud(60, 0, 0.15, 11), rasterizer, 17, SIZE, SIZE);
  }

  // Near the truth, as structure from motion would give them.
  private static PointCloud points(float unit) {
    Splats truth = SmallScene.cloud(60, 0, 0.15, 11);
    SplittableRandom random = new SplittableRandom(1);
    float[] xyz = new float[9 * truth.count()];
    byte[] rgb = new byte[xyz.length];
    for (int i = 0; i < xyz.length; i++) {
      int source = 3 * (i / 9) + i % 3;
      xyz[i] = unit * (truth.means[source] + (float) random.nextDouble(-0.1, 0.1));
      double colour = 0.5 + 0.282 * truth.sh0[source];
      rgb[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, colour)));
    }
    return new PointCloud(xyz, rgb);
  }
}
