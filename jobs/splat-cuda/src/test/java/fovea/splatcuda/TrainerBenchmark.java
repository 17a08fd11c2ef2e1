package fovea.splatcuda;

import fovea.scene.Picture;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.train.Schedule;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingView;
import fovea.splatcuda.DeviceSplats.Size;
import fovea.splatcuda.DeviceSplats.Unseen;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times training steps on a device; run by hand on a machine that has one. Arguments: steps (300)
 * and the device's memory bandwidth in GB/s (3350, an H100 SXM). For 100,000 and 1,000,000
 * Gaussians at 1920 x 1080, each Gaussian of a view stepped or only those it shows.
 */
final class TrainerBenchmark {
  private static final int VIEWS = 8;
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;

  /** Values and two moments, read and written. */
  private static final int ADAM_PASSES = 6;

  /** Sort by tile, twice read and written; state of pixels, written and read; sums, likewise. */
  private static final int BYTES_A_SLOT = 2 * 2 * 8 + 2 * 128 + 2 * 48 + 48;

  private TrainerBenchmark() {}

  public static void main(String[] arguments) {
    int steps = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300;
    double bandwidth = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 3350;
    Door door = Door.ofThisMachine();
    if (!door.open()) {
      System.out.println("no CUDA device: " + door.reason());
      return;
    }
    System.out.println(door.device() + ", " + (door.free() >> 20) + " MiB free");
    for (int count : new int[] {100_000, 1_000_000}) {
      List<TrainingView> views = views(door, count);
      for (Unseen unseen : Unseen.values()) {
        time(door, views, count, unseen, steps, bandwidth);
      }
    }
  }

  private static void time(
      Door door, List<TrainingView> views, int count, Unseen unseen, int steps, double bandwidth) {
    Splats splats = cloud(count, 2);
    TrainSettings settings = Cloud.settings(30_000, count, 3);
    Schedule schedule =
        new Schedule(
            new TrainingScene(views, new fovea.scene.PointCloud(new float[3], new byte[3])),
            settings);
    try (DeviceSplats device = device(door, views, count, unseen)) {
      device.write(SplatLibrary.VALUES, splats);
      Splats none = new Splats(count, 3);
      none.resize(count);
      device.write(SplatLibrary.FIRST_MOMENTS, none);
      device.write(SplatLibrary.SECOND_MOMENTS, none);
      run(device, schedule, 0, 64);
      long start = System.nanoTime();
      run(device, schedule, 64, 64 + steps);
      double seconds = (System.nanoTime() - start) / 1e9 / steps;
      DeviceSplats.Usage usage = device.usage();
      double bytes =
          (double) count * splats.floatsEach() * Float.BYTES * ADAM_PASSES
              + (double) usage.slots() * BYTES_A_SLOT;
      System.out.printf(
          Locale.ROOT,
          "%d Gaussians, unseen ones %s: %.2f ms a step, %.0f steps/s, %.1f slots a Gaussian,"
              + " %d MiB, at least %.0f%% of the bandwidth, %d steps left out%n",
          count,
          unseen,
          1e3 * seconds,
          1 / seconds,
          (double) usage.slots() / count,
          usage.bytes() >> 20,
          100 * bytes / seconds / 1e9 / bandwidth,
          device.leftOut());
    }
  }

  // All harmonics from the first step on: the dearest step there is.
  private static void run(DeviceSplats device, Schedule schedule, int from, int to) {
    for (int i = from; i < to; i++) {
      device.step(i % VIEWS, 3, i, Rule.of(schedule, i), schedule.noiseSeed(i));
      if (i % CudaTraining.AHEAD == CudaTraining.AHEAD - 1 || i == to - 1) {
        device.losses(i, 1);
      }
    }
  }

  private static Splats cloud(int count, long seed) {
    return Cloud.of(count, count, 3, 0.4 / Math.cbrt(count), seed);
  }

  // The device draws the photographs of another cloud.
  private static List<TrainingView> views(Door door, int count) {
    List<TrainingView> blank = new ArrayList<>();
    for (int k = 0; k < VIEWS; k++) {
      Camera camera = Cloud.camera(k, WIDTH, HEIGHT);
      Picture nothing = new Picture(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]);
      blank.add(new TrainingView("view" + k, camera, nothing));
    }
    List<TrainingView> views = new ArrayList<>();
    try (DeviceSplats device = device(door, blank, count, Unseen.FOLLOW)) {
      device.write(SplatLibrary.VALUES, cloud(count, 1));
      for (TrainingView view : blank) {
        Picture picture = Cloud.picture(device.render(view.camera(), 3), WIDTH, HEIGHT);
        views.add(new TrainingView(view.name(), view.camera(), picture));
      }
    }
    return views;
  }

  private static DeviceSplats device(
      Door door, List<TrainingView> views, int count, Unseen unseen) {
    return new DeviceSplats(door, Size.of(views, count, 3), Cloud.BACKGROUND, unseen, views);
  }
}
