package fovea.sfm.features;

import fovea.imaging.Mats;
import java.util.ArrayList;
import java.util.List;
import org.opencv.calib3d.Calib3d;
import org.opencv.calib3d.UsacParams;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;

/** Which matches of two photographs fit one geometry. */
public final class Epipolar {
  private static final int LEAST = 15;
  private static final double CONFIDENCE = 0.9999;
  private static final int ROUNDS = 10_000;

  private final double pixels;
  private final int seed;

  /**
   * @param pixels distance from the epipolar line at most
   */
  public Epipolar(double pixels, int seed) {
    this.pixels = pixels;
    this.seed = seed;
  }

  /** The matches that fit one fundamental matrix; none where there are too few. */
  public Matches consistent(Features a, Features b, int first, int second, int[] pairs) {
    if (pairs.length / 2 < LEAST) {
      return Matches.none(first, second);
    }
    try (Mats mats = new Mats()) {
      MatOfPoint2f from = points(a, pairs, 0, mats);
      MatOfPoint2f to = points(b, pairs, 1, mats);
      Mat inlier = mats.mat();
      Mat f = mats.own(Calib3d.findFundamentalMat(from, to, inlier, parameters()));
      int[] kept = kept(pairs, inlier);
      if (f.rows() != 3 || kept.length / 2 < LEAST) {
        return Matches.none(first, second);
      }
      double[] fundamental = new double[9];
      f.get(0, 0, fundamental);
      return new Matches(first, second, kept, fundamental, flat(a, b, kept, mats));
    } catch (CvException noGeometry) {
      return Matches.none(first, second);
    }
  }

  private UsacParams parameters() {
    UsacParams parameters = new UsacParams();
    parameters.set_confidence(CONFIDENCE);
    parameters.set_isParallel(false);
    parameters.set_maxIterations(ROUNDS);
    parameters.set_randomGeneratorState(seed);
    parameters.set_threshold(pixels);
    parameters.set_score(Calib3d.SCORE_METHOD_MSAC);
    parameters.set_sampler(Calib3d.SAMPLING_UNIFORM);
    parameters.set_loMethod(Calib3d.LOCAL_OPTIM_INNER_LO);
    parameters.set_loIterations(10);
    parameters.set_loSampleSize(14);
    return parameters;
  }

  // The share of the matches that one plane explains: then the geometry is not to be trusted.
  private double flat(Features a, Features b, int[] kept, Mats mats) {
    Mat inlier = mats.mat();
    MatOfPoint2f from = points(a, kept, 0, mats);
    MatOfPoint2f to = points(b, kept, 1, mats);
    try {
      mats.own(Calib3d.findHomography(from, to, inlier, parameters()));
      return kept(kept, inlier).length / (double) kept.length;
    } catch (CvException none) {
      return 0;
    }
  }

  private static MatOfPoint2f points(Features f, int[] pairs, int side, Mats mats) {
    List<Point> points = new ArrayList<>(pairs.length / 2);
    for (int i = side; i < pairs.length; i += 2) {
      points.add(new Point(f.xy()[2 * pairs[i]], f.xy()[2 * pairs[i] + 1]));
    }
    return mats.own(new MatOfPoint2f(points.toArray(Point[]::new)));
  }

  private static int[] kept(int[] pairs, Mat inlier) {
    if (inlier.total() != pairs.length / 2) {
      return new int[0];
    }
    byte[] flags = new byte[pairs.length / 2];
    inlier.get(0, 0, flags);
    int[] kept = new int[pairs.length];
    int n = 0;
    for (int i = 0; i < flags.length; i++) {
      if (flags[i] != 0) {
        kept[n++] = pairs[2 * i];
        kept[n++] = pairs[2 * i + 1];
      }
    }
    return java.util.Arrays.copyOf(kept, n);
  }
}
