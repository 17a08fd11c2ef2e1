package fovea.sfm.mapping;

import fovea.imaging.Mats;
import fovea.sfm.features.Features;
import fovea.sfm.features.Matches;
import fovea.sfm.geometry.Lens;
import fovea.sfm.geometry.Rays;
import fovea.sfm.geometry.Rotations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** The pairs of photographs a model may begin with: many common points, seen from two places. */
final class Seeds {
  private static final int MOST_PAIRS = 40;
  private static final int LEAST_POINTS = 20;
  private static final double GOOD_DEGREES = 8;
  private static final double MOST_DEGREES = 60;
  private static final double LEAST_DEGREES = 1.5;
  private static final double CONFIDENCE = 0.9999;

  /** Two photographs and the second's pose, the first's being none. */
  record Seed(int first, int second, double[] rotation, double[] translation, double worth) {}

  private final List<Features> features;
  private final Lens[] lenses;
  private final int[] lensOf;
  private final double pixels;

  Seeds(List<Features> features, Lens[] lenses, int[] lensOf, double pixels) {
    this.features = features;
    this.lenses = lenses;
    this.lensOf = lensOf;
    this.pixels = pixels;
  }

  /** The best first. */
  List<Seed> of(List<Matches> matches) {
    List<Seed> seeds = new ArrayList<>();
    matches.stream()
        .sorted(Comparator.comparingDouble((Matches m) -> -m.count() * (1.2 - m.flat())))
        .limit(MOST_PAIRS)
        .forEach(m -> seed(m).ifPresent(seeds::add));
    seeds.sort(Comparator.comparingDouble(s -> -s.worth()));
    return seeds;
  }

  private Optional<Seed> seed(Matches m) {
    double[] a = normalised(m, 0);
    double[] b = normalised(m, 1);
    double f = Math.sqrt(lenses[lensOf[m.first()]].f * lenses[lensOf[m.second()]].f);
    try (Mats mats = new Mats()) {
      Mat from = points(a, mats);
      Mat to = points(b, mats);
      Mat k = mats.own(Mat.eye(3, 3, CvType.CV_64F));
      Mat inlier = mats.mat();
      Mat e =
          mats.own(
              Calib3d.findEssentialMat(
                  from, to, k, Calib3d.RANSAC, CONFIDENCE, pixels / f, 2000, inlier));
      if (e.rows() != 3) {
        return Optional.empty();
      }
      Mat r = mats.mat();
      Mat t = mats.mat();
      Calib3d.recoverPose(e, from, to, k, r, t, inlier);
      double[] rotation = new double[9];
      double[] translation = new double[3];
      r.get(0, 0, rotation);
      t.get(0, 0, translation);
      double worth = worth(a, b, rotation, translation, 2 * pixels / f);
      return worth > 0
          ? Optional.of(new Seed(m.first(), m.second(), rotation, translation, worth))
          : Optional.empty();
    } catch (CvException none) {
      return Optional.empty();
    }
  }

  private double[] normalised(Matches m, int side) {
    int photo = side == 0 ? m.first() : m.second();
    double[] all = new double[m.pairs().length];
    double[] uv = new double[2];
    for (int i = 0; i < m.count(); i++) {
      int feature = m.pairs()[2 * i + side];
      float[] xy = features.get(photo).xy();
      lenses[lensOf[photo]].normalise(xy[2 * feature], xy[2 * feature + 1], uv);
      all[2 * i] = uv[0];
      all[2 * i + 1] = uv[1];
    }
    return all;
  }

  private static Mat points(double[] uv, Mats mats) {
    Mat mat = mats.own(new Mat(uv.length / 2, 2, CvType.CV_64F));
    mat.put(0, 0, uv);
    return mat;
  }

  // Points before both cameras, at an angle at which depth can be told.
  private static double worth(double[] a, double[] b, double[] r, double[] t, double most) {
    double[] back = Rotations.turn(Rotations.transposed(r), t);
    double[] origin = new double[3];
    double[] centre = {-back[0], -back[1], -back[2]};
    double[] point = new double[3];
    List<Double> degrees = new ArrayList<>();
    for (int i = 0; i < a.length; i += 2) {
      double[] p = unit(a[i], a[i + 1]);
      double[] q = Rotations.turn(Rotations.transposed(r), unit(b[i], b[i + 1]));
      if (Rays.meet(origin, p, centre, q, point)
          && fits(point, a[i], a[i + 1], most)
          && fits(moved(r, t, point), b[i], b[i + 1], most)) {
        degrees.add(Rays.degreesAt(point, origin, centre));
      }
    }
    long good = degrees.stream().filter(d -> d >= LEAST_DEGREES).count();
    if (good < LEAST_POINTS) {
      return 0;
    }
    degrees.sort(null);
    double median = degrees.get(degrees.size() / 2);
    return median > MOST_DEGREES || median < LEAST_DEGREES
        ? 0
        : good * Math.min(1, median / GOOD_DEGREES);
  }

  private static boolean fits(double[] p, double u, double v, double most) {
    return p[2] > 0 && Math.hypot(p[0] / p[2] - u, p[1] / p[2] - v) < most;
  }

  private static double[] moved(double[] r, double[] t, double[] p) {
    double[] q = Rotations.turn(r, p);
    return new double[] {q[0] + t[0], q[1] + t[1], q[2] + t[2]};
  }

  private static double[] unit(double u, double v) {
    double length = Math.sqrt(u * u + v * v + 1);
    return new double[] {u / length, v / length, 1 / length};
  }
}
