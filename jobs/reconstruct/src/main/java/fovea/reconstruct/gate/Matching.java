package fovea.reconstruct.gate;

import fovea.imaging.Mats;
import java.util.ArrayList;
import java.util.List;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.DMatch;
import org.opencv.core.KeyPoint;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDMatch;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.features2d.BFMatcher;

/** Which points two photographs share: nearest SIFT descriptors that fit one epipolar geometry. */
final class Matching {
  private static final double RATIO = 0.8;
  private static final int LEAST_FOR_GEOMETRY = 15;
  private static final double EPIPOLAR_PIXELS = 2;
  private static final double CONFIDENCE = 0.99;
  private static final int ROUNDS = 500;

  private final BFMatcher matcher = BFMatcher.create(Core.NORM_L2, false);

  /**
   * What two photographs share.
   *
   * @param points how many
   * @param moved median distance between a point's two places, share of the longest edge
   */
  record Shared(int points, double moved) {
    static final Shared NOTHING = new Shared(0, 1);
  }

  Shared between(Measured a, Measured b) {
    if (a.features() < LEAST_FOR_GEOMETRY || b.features() < LEAST_FOR_GEOMETRY) {
      return Shared.NOTHING;
    }
    try (Mats mats = new Mats()) {
      List<Point> here = new ArrayList<>();
      List<Point> there = new ArrayList<>();
      pairs(a, b, mats, here, there);
      return here.size() < LEAST_FOR_GEOMETRY ? Shared.NOTHING : consistent(here, there, mats);
    }
  }

  // Lowe's ratio test; a feature of b is used once, by its nearest in a.
  private void pairs(Measured a, Measured b, Mats mats, List<Point> here, List<Point> there) {
    List<MatOfDMatch> nearest = new ArrayList<>();
    matcher.knnMatch(a.descriptors(), b.descriptors(), nearest, 2);
    KeyPoint[] left = a.points().toArray();
    KeyPoint[] right = b.points().toArray();
    DMatch[] best = new DMatch[right.length];
    for (MatOfDMatch candidates : nearest) {
      DMatch[] two = mats.own(candidates).toArray();
      if (two.length == 2 && two[0].distance < RATIO * two[1].distance) {
        DMatch rival = best[two[0].trainIdx];
        best[two[0].trainIdx] = rival == null || two[0].distance < rival.distance ? two[0] : rival;
      }
    }
    for (DMatch match : best) {
      if (match != null) {
        here.add(left[match.queryIdx].pt);
        there.add(right[match.trainIdx].pt);
      }
    }
  }

  private static Shared consistent(List<Point> here, List<Point> there, Mats mats) {
    MatOfPoint2f from = mats.own(new MatOfPoint2f(here.toArray(Point[]::new)));
    MatOfPoint2f to = mats.own(new MatOfPoint2f(there.toArray(Point[]::new)));
    Mat inlier = mats.mat();
    try {
      mats.own(
          Calib3d.findFundamentalMat(
              from, to, Calib3d.FM_RANSAC, EPIPOLAR_PIXELS, CONFIDENCE, ROUNDS, inlier));
    } catch (CvException noModel) {
      // OpenCV 4.13 throws where no sample gave a geometry.
      return Shared.NOTHING;
    }
    List<Double> moved = new ArrayList<>();
    for (int i = 0; i < inlier.rows(); i++) {
      if (inlier.get(i, 0)[0] != 0) {
        Point p = here.get(i);
        Point q = there.get(i);
        moved.add(Math.hypot(p.x - q.x, p.y - q.y) / Measuring.EDGE);
      }
    }
    if (moved.isEmpty()) {
      return Shared.NOTHING;
    }
    moved.sort(null);
    return new Shared(moved.size(), moved.get(moved.size() / 2));
  }
}
