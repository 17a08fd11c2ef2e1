package fovea.splatcuda;

import fovea.scene.Intrinsics;
import fovea.scene.Picture;
import fovea.scene.PointCloud;
import fovea.scene.Pose;
import fovea.splat.model.Harmonics;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Workers;
import fovea.splat.render.cpu.CpuRasterizer;
import fovea.splat.train.TrainSettings;
import fovea.splat.train.TrainingScene;
import fovea.splat.train.TrainingView;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A ball of Gaussians of every shape, and cameras around it; photographs drawn by the CPU. */
final class Cloud {
  static final float[] BACKGROUND = {0.2f, 0.5f, 0.1f};

  private Cloud() {}

  static Splats of(int count, int cap, int degree, double scale, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Splats s = new Splats(cap, degree);
    s.resize(count);
    fill(s.means, 3 * count, random, -1, 1);
    fill(s.rotations, 4 * count, random, -1, 1);
    fill(s.logScales, 3 * count, random, Math.log(scale / 3), Math.log(2 * scale));
    // All well above the threshold of the noise, whose draws are the device's own.
    fill(s.logitOpacities, count, random, -1, 6);
    fill(s.sh0, 3 * count, random, -2, 2);
    fill(s.shRest, s.restSize() * count, random, -0.15, 0.15);
    return s;
  }

  private static void fill(float[] out, int size, SplittableRandom random, double a, double b) {
    for (int i = 0; i < size; i++) {
      out[i] = (float) random.nextDouble(a, b);
    }
  }

  /** From somewhere on a sphere of radius three, some way past the middle. */
  static Camera camera(int k, int width, int height) {
    SplittableRandom random = new SplittableRandom(100 + k);
    double yaw = random.nextDouble(0, 6.28);
    double pitch = random.nextDouble(-1, 1);
    double cy = Math.cos(yaw);
    double sy = Math.sin(yaw);
    double cp = Math.cos(pitch);
    double sp = Math.sin(pitch);
    double[] rotation = {cy, 0, -sy, sp * sy, cp, sp * cy, cp * sy, -sp, cp * cy};
    Intrinsics intrinsics =
        Intrinsics.pinhole(width, height, 1.1 * width, 1.2 * width, width / 2.0 + 2, height / 2.0);
    return new Camera(intrinsics, Pose.of(rotation, new double[] {0.1, -0.2, 3}), 0.2);
  }

  static List<TrainingView> views(Splats truth, int n, int width, int height) {
    List<TrainingView> views = new ArrayList<>();
    try (Workers workers = new Workers(1);
        CpuRasterizer rasterizer = new CpuRasterizer(workers)) {
      for (int k = 0; k < n; k++) {
        Camera camera = camera(k, width, height);
        float[] planes = new float[3 * width * height];
        rasterizer.forward(truth, truth.degree(), camera, BACKGROUND, planes);
        views.add(new TrainingView("view" + k, camera, picture(planes, width, height)));
      }
    }
    return views;
  }

  static Picture picture(float[] planes, int width, int height) {
    byte[] bytes = new byte[planes.length];
    for (int i = 0; i < planes.length; i++) {
      bytes[i] = (byte) Math.round(255 * Math.min(1, planes[i]));
    }
    return new Picture(width, height, bytes);
  }

  /** Photographs of a cloud, and points near its Gaussians. */
  static TrainingScene scene(Splats truth, int views, int width, int height) {
    SplittableRandom random = new SplittableRandom(3);
    float[] xyz = new float[3 * truth.count()];
    byte[] rgb = new byte[xyz.length];
    for (int i = 0; i < xyz.length; i++) {
      xyz[i] = truth.means[i] + (float) random.nextDouble(-0.05, 0.05);
      double colour = 0.5 + Harmonics.C0 * truth.sh0[i];
      rgb[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, colour)));
    }
    return new TrainingScene(views(truth, views, width, height), new PointCloud(xyz, rgb));
  }

  static TrainSettings settings(int iterations, int cap, int degree) {
    return new TrainSettings(
        iterations,
        cap,
        degree,
        64,
        1,
        7,
        new TrainSettings.Background(0.2f, 0.5f, 0.1f),
        TrainSettings.Exposure.EACH);
  }
}
