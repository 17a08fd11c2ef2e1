package fovea.reconstruct.modelling;

import fovea.scene.Intrinsics;
import fovea.scene.Pose;
import fovea.scene.Region;
import fovea.scene.View;
import fovea.splat.render.Camera;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cameras on an arc about what the photographs look at, where photographs were taken: all around
 * where they were taken all around, else to and fro within their arc, because a model is a guess
 * where nobody looked.
 */
final class Turntable {
  /** An arc without photographs that is longer than this is not shown. */
  private static final double MOST_GAP = Math.toRadians(100);

  private static final double NEAR = 0.02;

  private final Region region;
  private final double[] up;
  private final double[] ahead;
  private final double[] side;
  private final View first;
  private final double height;
  private final double distance;

  private Turntable(List<View> views) {
    region = Region.seenBy(views);
    first = views.get(0);
    double[] sum = new double[3];
    for (View view : views) {
      double[] r = view.pose().rotation();
      for (int k = 0; k < 3; k++) {
        sum[k] -= r[3 + k];
      }
    }
    double[] start = from(first);
    up = unit(length(sum) > 1e-6 ? sum : new double[] {0, -1, 0});
    height = views.stream().mapToDouble(v -> dot(from(v), up)).average().orElse(0);
    distance = views.stream().mapToDouble(v -> flat(from(v))).average().orElse(1);
    ahead = unit(across(start));
    side = cross(up, ahead);
  }

  /** Cameras of {@code frames} pictures, the first near the first photograph. */
  static List<Camera> cameras(List<View> views, int frames, int longest) {
    Turntable table = new Turntable(views);
    List<Camera> cameras = new ArrayList<>();
    for (double angle : table.angles(views, frames)) {
      cameras.add(table.camera(angle, longest));
    }
    return cameras;
  }

  private double[] angles(List<View> views, int frames) {
    double[] taken = views.stream().mapToDouble(v -> angle(from(v))).sorted().toArray();
    double gap = taken[0] + 2 * Math.PI - taken[taken.length - 1];
    double begin = taken[0];
    for (int i = 1; i < taken.length; i++) {
      if (taken[i] - taken[i - 1] > gap) {
        gap = taken[i] - taken[i - 1];
        begin = taken[i];
      }
    }
    double from = begin;
    double arc = 2 * Math.PI - gap;
    double[] angles = new double[frames];
    boolean round = gap < MOST_GAP;
    Arrays.setAll(
        angles,
        i ->
            round
                ? 2 * Math.PI * i / frames
                : from + arc * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / frames)));
    return angles;
  }

  private Camera camera(double angle, int longest) {
    double[] back = new double[3];
    for (int k = 0; k < 3; k++) {
      double around = Math.cos(angle) * ahead[k] + Math.sin(angle) * side[k];
      back[k] = distance * around + height * up[k];
    }
    double depth = length(back);
    double[] forward = unit(new double[] {-back[0], -back[1], -back[2]});
    double[] right = unit(cross(forward, up));
    double[] down = cross(forward, right);
    double[] r = {
      right[0], right[1], right[2], down[0], down[1], down[2], forward[0], forward[1], forward[2]
    };
    double[] middle = {region.x(), region.y(), region.z()};
    double[] t = {-dot(right, middle), -dot(down, middle), depth - dot(forward, middle)};
    Intrinsics c = first.intrinsics();
    double scale = (double) longest / Math.max(c.width(), c.height());
    int width = (int) Math.max(16, Math.round(c.width() * scale));
    int height = (int) Math.max(16, Math.round(c.height() * scale));
    return new Camera(
        Intrinsics.pinhole(
            width, height, c.fx() * scale, c.fy() * scale, width / 2.0, height / 2.0),
        Pose.of(r, t),
        NEAR * depth);
  }

  private double[] from(View view) {
    double[] c = view.pose().centre();
    return new double[] {c[0] - region.x(), c[1] - region.y(), c[2] - region.z()};
  }

  // The part of a direction that is not along the axis; some direction where it is all along it.
  private double[] across(double[] v) {
    double along = dot(v, up);
    double[] flat = {v[0] - along * up[0], v[1] - along * up[1], v[2] - along * up[2]};
    return length(flat) > 1e-9 ? flat : cross(up, new double[] {up[1], up[2], -up[0]});
  }

  private double flat(double[] v) {
    return length(across(v));
  }

  private double angle(double[] v) {
    return Math.atan2(dot(v, side), dot(v, ahead));
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double length(double[] v) {
    return Math.sqrt(dot(v, v));
  }

  private static double[] unit(double[] v) {
    double length = Math.max(1e-12, length(v));
    return new double[] {v[0] / length, v[1] / length, v[2] / length};
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }
}
