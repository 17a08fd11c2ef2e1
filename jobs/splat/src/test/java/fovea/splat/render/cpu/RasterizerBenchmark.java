package fovea.splat.render.cpu;

import fovea.scene.PointCloud;
import fovea.splat.SmallScene;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Workers;
import fovea.splat.train.ImageLoss;
import fovea.splat.train.SplatTrainer;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingView;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Times training steps at 480x270, degree 3, two threads; run by hand, optionally with numbers of
 * Gaussians. Processor milliseconds of all threads, half of which is the wall clock of two
 * otherwise idle cores, and the wall clock of this run.
 */
final class RasterizerBenchmark {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 270;
  private static final int STEPS = 8;

  private RasterizerBenchmark() {}

  public static void main(String[] arguments) {
    int[] counts = {10_000, 30_000, 100_000};
    if (arguments.length > 0) {
      counts = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    }
    for (int warm = 0; warm < 2; warm++) {
      for (int count : counts) {
        run(count);
      }
    }
  }

  // Gaussians shrink as they become more, as they do in training.
  private static void run(int count) {
    Splats truth = SmallScene.cloud(count, 3, 0.03 * Math.cbrt(10_000.0 / count), 1);
    Splats gradients = new Splats(count, 3);
    Camera camera = SmallScene.camera(1, 7, WIDTH, HEIGHT);
    float[] planes = new float[3 * WIDTH * HEIGHT];
    try (Workers workers = new Workers(2);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      TrainingView view = SmallScene.views(truth, rasterizer, 1, WIDTH, HEIGHT).get(0);
      TrainSettings settings =
          new TrainSettings(400, count, 3, 480, 2, 1, TrainSettings.Background.BLACK);
      TrainingScene scene =
          new TrainingScene(List.of(view), new PointCloud(truth.means, new byte[3 * count]));
      SplatTrainer trainer = new SplatTrainer(scene, settings, rasterizer, workers);
      Splats splats = trainer.splats();
      for (int k = 0; k < truth.parts().size(); k++) {
        System.arraycopy(
            truth.parts().get(k), 0, splats.parts().get(k), 0, truth.parts().get(k).length);
      }
      ImageLoss loss = new ImageLoss(WIDTH, HEIGHT, workers);
      float[] planeGradients = new float[planes.length];
      double project = 0;
      double sort = 0;
      double forward = 0;
      double backward = 0;
      double compare = 0;
      for (int round = 0; round < 2; round++) {
        project = cpu(() -> rasterizer.project(splats, 3, camera));
        sort = cpu(() -> rasterizer.sort(count, camera));
        forward = cpu(() -> rasterizer.forward(splats, 3, camera, new float[3], planes));
        compare = cpu(() -> loss.compare(planes, view.picture().planes(), planeGradients));
        backward = cpu(() -> rasterizer.backward(planes, gradients));
      }
      int slots = rasterizer.slots();
      cpu(trainer::step);
      long start = System.nanoTime();
      double step = cpu(trainer::step);
      double wall = (System.nanoTime() - start) / 1e6 / STEPS;
      System.out.printf(
          Locale.ROOT,
          "%d: project %.0f, sort %.0f, forward %.0f, loss %.0f, backward %.0f, Adam and noise"
              + " %.0f; step %.0f CPU ms (ideal wall %.0f, wall %.0f), %d slots%n",
          count,
          project,
          sort,
          forward - project - sort,
          compare,
          backward,
          step - forward - compare - backward,
          step,
          step / 2,
          wall,
          slots);
    }
  }

  private static double cpu(Runnable work) {
    long start = cpu();
    for (int i = 0; i < STEPS; i++) {
      work.run();
    }
    return (cpu() - start) / 1e6 / STEPS;
  }

  // Threads of Java alone: the compiler's and the collector's time is not the trainer's.
  private static long cpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      sum += Math.max(0, threads.getThreadCpuTime(id));
    }
    return sum;
  }
}
