package fovea.splat;

import fovea.scene.Intrinsics;
import fovea.scene.Picture;
import fovea.scene.Pose;
import fovea.splat.model.Splats;
import fovea.splat.render.Camera;
import fovea.splat.render.Rasterizer;
import fovea.splat.train.TrainingView;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A cloud of coloured Gaussians about the origin, and cameras on a ring that look at it. */
public final class SmallScene {
  private SmallScene() {}

  public static Splats cloud(int count, int degree, double scale, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Splats splats = new Splats(count, degree);
    splats.resize(count);
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < 3; k++) {
        splats.means[3 * i + k] = (float) random.nextDouble(-1, 1);
        splats.logScales[3 * i + k] = (float) Math.log(scale * random.nextDouble(0.5, 1.5));
        splats.sh0[3 * i + k] = (float) random.nextDouble(-1.5, 1.5);
      }
      for (int k = 0; k < 4; k++) {
        splats.rotations[4 * i + k] = (float) random.nextDouble(-1, 1);
      }
      splats.logitOpacities[i] = (float) random.nextDouble(-1, 3);
    }
    for (int k = 0; k < splats.shRest.length; k++) {
      splats.shRest[k] = (float) random.nextDouble(-0.1, 0.1);
    }
    return splats;
  }

  /** The same camera in a world that is larger. */
  public static Camera camera(Camera camera, float times) {
    double[] rotation = new double[9];
    for (int k = 0; k < 9; k++) {
      rotation[k] = camera.rotation[k];
    }
    double[] translation = new double[3];
    for (int k = 0; k < 3; k++) {
      translation[k] = times * camera.translation[k];
    }
    Intrinsics intrinsics =
        Intrinsics.pinhole(camera.width, camera.height, camera.fx, camera.fy, camera.cx, camera.cy);
    return new Camera(intrinsics, Pose.of(rotation, translation), times * camera.near);
  }

  /** Camera {@code k} of {@code n}, four units away. */
  public static Camera camera(int k, int n, int width, int height) {
    double angle = 2 * Math.PI * k / n;
    double tilt = 0.3 * Math.sin(3 * angle);
    double[] forward = {
      Math.cos(angle) * Math.cos(tilt), Math.sin(tilt), Math.sin(angle) * Math.cos(tilt)
    };
    double[] right = {-Math.sin(angle), 0, Math.cos(angle)};
    double[] down = {
      forward[1] * right[2] - forward[2] * right[1],
      forward[2] * right[0] - forward[0] * right[2],
      forward[0] * right[1] - forward[1] * right[0]
    };
    double[] rotation = {
      right[0], right[1], right[2], down[0], down[1], down[2], forward[0], forward[1], forward[2]
    };
    Intrinsics intrinsics =
        Intrinsics.pinhole(
            width, height, 1.4 * width, 1.4 * width, width / 2.0 + 0.3, height / 2.0 - 0.2);
    return new Camera(intrinsics, Pose.of(rotation, new double[] {0, 0, 4}), 0.01);
  }

  public static List<TrainingView> views(
      Splats splats, Rasterizer rasterizer, int n, int width, int height) {
    List<TrainingView> views = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      Camera camera = camera(k, n, width, height);
      float[] planes = new float[3 * width * height];
      rasterizer.forward(splats, splats.degree(), camera, new float[3], planes);
      byte[] bytes = new byte[planes.length];
      for (int i = 0; i < planes.length; i++) {
        bytes[i] = (byte) Math.round(255 * Math.min(1, planes[i]));
      }
      views.add(new TrainingView("view" + k, camera, new Picture(width, height, bytes)));
    }
    return views;
  }
}
