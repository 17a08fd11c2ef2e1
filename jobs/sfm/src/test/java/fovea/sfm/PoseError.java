package fovea.sfm;

import fovea.scene.Pose;
import fovea.scene.View;
import fovea.sfm.geometry.Rotations;
import java.util.List;
import java.util.Map;

/**
 * How far poses are from the truth once laid on it.
 *
 * @param degrees worst rotation
 * @param share worst place of a camera, share of the cameras' mean distance from their middle
 */
record PoseError(double degrees, double share) {

  static PoseError of(List<View> views, Map<String, Pose> truth) {
    double[][] from = new double[views.size()][];
    double[][] to = new double[views.size()][];
    for (int i = 0; i < from.length; i++) {
      from[i] = views.get(i).pose().centre();
      to[i] = truth.get(views.get(i).name()).centre();
    }
    Similarity lay = Similarity.of(from, to);
    double degrees = 0;
    double away = 0;
    double radius = 0;
    double[] middle = new double[3];
    for (double[] c : to) {
      for (int k = 0; k < 3; k++) {
        middle[k] += c[k] / to.length;
      }
    }
    for (int i = 0; i < from.length; i++) {
      double[] expected = truth.get(views.get(i).name()).rotation();
      double[] found = lay.rotation(views.get(i).pose().rotation());
      degrees = Math.max(degrees, Rotations.degreesBetween(found, expected));
      away = Math.max(away, distance(lay.of(from[i]), to[i]));
      radius += distance(to[i], middle) / to.length;
    }
    return new PoseError(degrees, away / radius);
  }

  private static double distance(double[] a, double[] b) {
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }
}
