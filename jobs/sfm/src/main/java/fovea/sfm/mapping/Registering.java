package fovea.sfm.mapping;

import fovea.imaging.Mats;
import fovea.sfm.bundle.Adjustment;
import fovea.sfm.bundle.Loss;
import fovea.sfm.bundle.Problem;
import fovea.sfm.geometry.Crew;
import fovea.sfm.geometry.Lens;
import fovea.sfm.geometry.Rotations;
import java.util.Arrays;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.MatOfPoint3f;
import org.opencv.core.Point;
import org.opencv.core.Point3;

/** The pose of one more photograph from the points it shows. */
final class Registering {
  /** Points that must agree with a pose. */
  static final int LEAST = 15;

  private static final double LEAST_SHARE = 0.2;
  private static final int ROUNDS = 5000;
  private static final double CONFIDENCE = 0.9999;

  private final Model model;
  private final double pixels;
  private final Crew crew;

  Registering(Model model, double pixels, Crew crew) {
    this.model = model;
    this.pixels = pixels;
    this.crew = crew;
  }

  /** How many points agree with the pose that was taken over, negative where none was. */
  int register(int photo) {
    int[] tracks = model.visible(photo);
    if (tracks.length < LEAST) {
      return -tracks.length;
    }
    int[] places =
        Arrays.stream(tracks)
            .map(t -> Arrays.binarySearch(model.tracks.photos[t], photo))
            .toArray();
    if (!guess(photo, tracks, places)) {
      return -1;
    }
    int[] inliers = inliers(tracks, places, 2 * pixels);
    for (int round = 0; round < 2 && inliers.length >= LEAST; round++) {
      refine(photo, tracks, places, inliers);
      inliers = inliers(tracks, places, pixels);
    }
    if (inliers.length < LEAST || inliers.length < LEAST_SHARE * tracks.length) {
      model.registered[photo] = false;
      return -Math.max(1, inliers.length);
    }
    return inliers.length;
  }

  private int[] inliers(int[] tracks, int[] places, double most) {
    return java.util.stream.IntStream.range(0, tracks.length)
        .filter(i -> model.error(tracks[i], places[i], model.point(tracks[i])) <= most)
        .toArray();
  }

  private boolean guess(int photo, int[] tracks, int[] places) {
    Lens lens = model.lens(photo);
    double[] middle = middle(tracks);
    Point3[] points = new Point3[tracks.length];
    Point[] seen = new Point[tracks.length];
    double[] uv = new double[2];
    for (int i = 0; i < tracks.length; i++) {
      double[] p = model.point(tracks[i]);
      points[i] = new Point3(p[0] - middle[0], p[1] - middle[1], p[2] - middle[2]);
      lens.normalise(model.pixelX(tracks[i], places[i]), model.pixelY(tracks[i], places[i]), uv);
      seen[i] = new Point(uv[0], uv[1]);
    }
    try (Mats mats = new Mats()) {
      Mat turn = mats.mat();
      Mat shift = mats.mat();
      boolean found =
          Calib3d.solvePnPRansac(
              mats.own(new MatOfPoint3f(points)),
              mats.own(new MatOfPoint2f(seen)),
              mats.own(Mat.eye(3, 3, CvType.CV_64F)),
              mats.own(new MatOfDouble()),
              turn,
              shift,
              false,
              ROUNDS,
              (float) (2 * pixels / lens.f),
              CONFIDENCE,
              mats.mat(),
              Calib3d.SOLVEPNP_AP3P);
      if (!found || !Core.checkRange(turn) || !Core.checkRange(shift)) {
        return false;
      }
      double[] w = new double[3];
      double[] t = new double[3];
      turn.get(0, 0, w);
      shift.get(0, 0, t);
      double[] r = Rotations.of(w[0], w[1], w[2]);
      double[] moved = Rotations.turn(r, middle);
      model.place(photo, r, new double[] {t[0] - moved[0], t[1] - moved[1], t[2] - moved[2]});
      return true;
    } catch (CvException none) {
      return false;
    }
  }

  // OpenCV takes single precision: far from the origin it would cost digits.
  private double[] middle(int[] tracks) {
    double[] middle = new double[3];
    for (int t : tracks) {
      for (int k = 0; k < 3; k++) {
        middle[k] += model.points[3 * t + k] / tracks.length;
      }
    }
    return middle;
  }

  private void refine(int photo, int[] tracks, int[] places, int[] inliers) {
    int n = inliers.length;
    double[] points = new double[3 * n];
    double[] seen = new double[2 * n];
    int[] starts = new int[n + 1];
    for (int i = 0; i < n; i++) {
      int t = tracks[inliers[i]];
      System.arraycopy(model.points, 3 * t, points, 3 * i, 3);
      seen[2 * i] = model.pixelX(t, places[inliers[i]]);
      seen[2 * i + 1] = model.pixelY(t, places[inliers[i]]);
      starts[i + 1] = i + 1;
    }
    Problem problem =
        new Problem(
            new double[][] {model.rotations[photo]},
            new double[][] {model.translations[photo]},
            new int[1],
            new Lens[] {model.lens(photo)},
            points,
            starts,
            new int[n],
            seen);
    problem.pointsFree = false;
    new Adjustment(Loss.CAUCHY, 1, crew).solve(problem, 20, 1e-6);
    model.rotations[photo] = problem.rotations[0];
  }
}
