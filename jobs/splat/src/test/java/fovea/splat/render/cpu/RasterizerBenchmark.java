package fovea.splat.render.cpu;

import fovea.scene.PointCloud;
import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Workers;
import fovea.splat.train.SplatTrainer;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingView;
import java.util.List;
import java.util.Locale;

/**
 * Times 10,000 Gaussians at 270x480, two threads; run by hand. Figures are processor time halved:
 * the wall clock of two otherwise idle cores.
 */
final class RasterizerBenchmark {
  private static final int WIDTH = 270;
  private static final int HEIGHT = 480;

  private RasterizerBenchmark() {}

  public static void main(String[] arguments) {
    Splats splats = SmallScene.cloud(10_000, 3, 0.03, 1);
    Splats gradients = new Splats(10_000, 3);
    Camera camera = SmallScene.camera(1, 7, WIDTH, HEIGHT);
    float[] planes = new float[3 * WIDTH * HEIGHT];
    try (Workers workers = new Workers(2);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      TrainingView view = SmallScene.views(splats, rasterizer, 1, WIDTH, HEIGHT).get(0);
      TrainSettings settings =
          new TrainSettings(400, 10_000, 3, 480, 2, 1, TrainSettings.Background.BLACK);
      TrainingScene scene =
          new TrainingScene(List.of(view), new PointCloud(splats.means, new byte[30_000]));
      for (int round = 0; round < 8; round++) {
        long start = cpu();
        for (int i = 0; i < 10; i++) {
          rasterizer.forward(splats, 3, camera, new float[3], planes);
        }
        long drawn = cpu();
        for (int i = 0; i < 10; i++) {
          rasterizer.backward(planes, gradients);
        }
        long done = cpu();
        System.out.printf(
            Locale.ROOT,
            "forward %.1f ms, backward %.1f ms, %d slots%n",
            (drawn - start) / 2e7,
            (done - drawn) / 2e7,
            rasterizer.slots());
      }
      SplatTrainer trainer = new SplatTrainer(scene, settings, rasterizer, workers);
      for (int round = 0; round < 4; round++) {
        long start = cpu();
        for (int i = 0; i < 20; i++) {
          trainer.step();
        }
        System.out.printf(Locale.ROOT, "step %.1f ms%n", (cpu() - start) / 4e7);
      }
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean)
            java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
