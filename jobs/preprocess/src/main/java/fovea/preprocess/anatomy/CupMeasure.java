package fovea.preprocess.anatomy;

import fovea.imaging.Mats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The vertical cup-to-disc ratio. The disc's edge lies where brightness falls most along each
 * direction; the cup is the outline of the disc's shape, made smaller and moved a little, across
 * which brightness falls most. Directions in which a vessel lies do not count.
 */
final class CupMeasure {
  /** Edge of the picture of the disc; its radius is then {@link #RADIUS}. */
  static final int EDGE = 160;

  /** The disc's radius in that picture. */
  static final double RADIUS = 48;

  private static final double MIDDLE = (EDGE - 1) / 2.0;
  private static final int WIDEST_VESSELS = 33;
  private static final double VESSEL = 0.08;
  private static final int HALO = 5;
  private static final double LEAST_FALL = 0.04;
  private static final double WITHIN = 0.92;
  private static final double OFF_CENTRE = 0.16;
  private static final int STEPS = 4;
  // Rings from the middle to the disc's edge; a step is looked for across twice the gap.
  private static final int RINGS = 50;
  private static final int GAP = 3;
  private static final int SMALLEST = 6;
  private static final int LARGEST = 44;
  private static final int RAY = LARGEST + GAP + 1;
  private static final int DIRECTIONS = 64;
  private static final double NEARLY = 0.8;
  private static final int NEIGHBOURS = 4;
  private static final double[] COS = new double[DIRECTIONS];
  private static final double[] SIN = new double[DIRECTIONS];

  static {
    for (int i = 0; i < DIRECTIONS; i++) {
      COS[i] = Math.cos(2 * Math.PI * i / DIRECTIONS);
      SIN[i] = Math.sin(2 * Math.PI * i / DIRECTIONS);
    }
  }

  private CupMeasure() {}

  private record Cup(double ratio, double merit, double fall, double level) {}

  /**
   * Measures.
   *
   * @param disc 8-bit colour, 160 by 160, the optic disc in the middle with a radius of 48
   * @return the ratio; empty where no cup stands out
   */
  static OptionalDouble ratio(Mat disc, Mats mats) {
    List<Mat> planes = planes(disc, mats);
    double[] edge = edge(planes, mats);
    // Against the rim the cup stands out in green and blue.
    Mat light = mean(planes.get(0), planes.get(1), mats);
    Mat filled = mats.mat();
    Imgproc.morphologyEx(light, filled, Imgproc.MORPH_CLOSE, box(WIDEST_VESSELS, mats));
    Mat hidden = vessels(light, filled, mats);
    Core.max(hidden, beyond(edge, mats), hidden);
    Mat seen = mats.mat();
    light.convertTo(seen, CvType.CV_32F);
    mats.own(seen.setTo(new Scalar(Double.NaN), hidden));
    Plane pale = Plane.of(seen, mats);
    double[] rays = rays(edge);
    Cup best = new Cup(0, 0, 0, 0);
    double step = OFF_CENTRE * RADIUS / STEPS;
    for (int down = -STEPS; down <= STEPS; down++) {
      for (int across = -STEPS; across <= STEPS; across++) {
        double x = MIDDLE + across * step;
        double y = MIDDLE + down * step;
        best = better(best, pale.values(), rays, x, y);
      }
    }
    return best.fall < LEAST_FALL * best.level
        ? OptionalDouble.empty()
        : OptionalDouble.of(best.ratio);
  }

  private static Mat mean(Mat one, Mat other, Mats mats) {
    Mat mean = mats.mat();
    Core.addWeighted(one, 0.5, other, 0.5, 0, mean);
    // 1 4 6 4 1 twice: a spread of 1.4, at a fifth of the time of any other width.
    Size five = new Size(5, 5);
    Imgproc.GaussianBlur(mean, mean, five, 0);
    Imgproc.GaussianBlur(mean, mean, five, 0);
    return mean;
  }

  private static Mat vessels(Mat pale, Mat filled, Mats mats) {
    Mat dark = mats.mat();
    Core.addWeighted(filled, 1 - VESSEL, pale, -1, 0, dark);
    Core.compare(dark, new Scalar(0), dark, Core.CMP_GT);
    Imgproc.dilate(dark, dark, round(HALO, mats));
    return dark;
  }

  /**
   * Where the disc really lies, in the same picture: its middle as shares of {@link #RADIUS} off
   * the picture's, and its radius as a share of it.
   */
  static Spot correction(Mat disc, Mats mats) {
    double[] edge = edge(planes(disc, mats), mats);
    double x = 0;
    double y = 0;
    double radius = 0;
    for (int i = 0; i < DIRECTIONS; i++) {
      x += 2 * edge[i] * COS[i] / DIRECTIONS;
      y += 2 * edge[i] * SIN[i] / DIRECTIONS;
      radius += edge[i] / DIRECTIONS;
    }
    return new Spot(x / RADIUS, y / RADIUS, radius / RADIUS);
  }

  // The disc's own edge is steeper than the cup's.
  private static Mat beyond(double[] edge, Mats mats) {
    Point[] outline = new Point[DIRECTIONS];
    for (int i = 0; i < DIRECTIONS; i++) {
      double radius = WITHIN * edge[i];
      outline[i] = new Point(MIDDLE + radius * COS[i], MIDDLE + radius * SIN[i]);
    }
    Mat beyond = mats.own(new Mat(EDGE, EDGE, CvType.CV_8UC1, new Scalar(255)));
    Imgproc.fillPoly(beyond, List.of(mats.own(new MatOfPoint(outline))), new Scalar(0));
    return beyond;
  }

  // A box is two passes of a line; of this width a disc would take ten times as long.
  private static Mat box(int edge, Mats mats) {
    return mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_RECT, new Size(edge, edge)));
  }

  private static Mat round(int edge, Mats mats) {
    return mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_ELLIPSE, new Size(edge, edge)));
  }

  private static List<Mat> planes(Mat disc, Mats mats) {
    List<Mat> planes = new ArrayList<>();
    Core.split(disc, planes);
    planes.forEach(mats::own);
    return planes;
  }

  // Against the retina the disc stands out in green and red.
  private static double[] edge(List<Mat> planes, Mats mats) {
    Mat bright = mean(planes.get(1), planes.get(2), mats);
    Imgproc.morphologyEx(bright, bright, Imgproc.MORPH_CLOSE, box(WIDEST_VESSELS, mats));
    return edge(Plane.of(bright, mats));
  }

  // Radius of the disc in each direction, the median of its neighbours'.
  private static double[] edge(Plane pale) {
    double[] found = new double[DIRECTIONS];
    for (int i = 0; i < DIRECTIONS; i++) {
      double steepest = 0;
      found[i] = RADIUS;
      for (double r = 0.75 * RADIUS; r <= 1.35 * RADIUS; r += 1) {
        double fall = along(pale, i, r - 4) - along(pale, i, r + 4);
        // The outer one of two steps that are nearly alike: the inner one is the cup's.
        if (fall > steepest * (r > found[i] + 6 ? NEARLY : 1)) {
          steepest = Math.max(steepest, fall);
          found[i] = r;
        }
      }
    }
    double[] smooth = new double[DIRECTIONS];
    for (int i = 0; i < DIRECTIONS; i++) {
      double[] near = new double[2 * NEIGHBOURS + 1];
      for (int k = -NEIGHBOURS; k <= NEIGHBOURS; k++) {
        near[k + NEIGHBOURS] = found[Math.floorMod(i + k, DIRECTIONS)];
      }
      Arrays.sort(near);
      smooth[i] = near[NEIGHBOURS];
    }
    return smooth;
  }

  private static double along(Plane pale, int direction, double radius) {
    return pale.between(MIDDLE + radius * COS[direction], MIDDLE + radius * SIN[direction]);
  }

  // Across and down from the middle, for every ring of every second direction.
  private static double[] rays(double[] edge) {
    double[] rays = new double[DIRECTIONS * RAY];
    for (int d = 0; d < DIRECTIONS; d += 2) {
      for (int i = 0; i < RAY; i++) {
        double radius = edge[d] * i / RINGS;
        rays[d * RAY + 2 * i] = radius * COS[d];
        rays[d * RAY + 2 * i + 1] = radius * SIN[d];
      }
    }
    return rays;
  }

  // No ray leaves the picture: 1.35 radii and a sixth of one off the middle are less than half.
  private static Cup better(Cup best, float[] pale, double[] rays, double x, double y) {
    double[] falls = new double[LARGEST + 1];
    double[] levels = new double[LARGEST + 1];
    int[] counts = new int[LARGEST + 1];
    float[] ray = new float[RAY];
    for (int from = 0; from < rays.length; from += 2 * RAY) {
      for (int i = 0; i < RAY; i++) {
        int px = (int) (x + rays[from + 2 * i] + 0.5);
        int py = (int) (y + rays[from + 2 * i + 1] + 0.5);
        ray[i] = pale[py * EDGE + px];
      }
      for (int i = SMALLEST; i <= LARGEST; i++) {
        float fall = ray[i - GAP] - ray[i + GAP];
        if (!Float.isNaN(fall)) {
          falls[i] += fall;
          levels[i] += ray[i + GAP];
          counts[i]++;
        }
      }
    }
    Cup winner = best;
    double[] merits = new double[LARGEST + 1];
    for (int i = SMALLEST; i <= LARGEST; i++) {
      // Longer outlines are surer than short ones.
      merits[i] = counts[i] < DIRECTIONS / 8 ? 0 : falls[i] / counts[i] * Math.sqrt(i);
    }
    for (int i = SMALLEST + 1; i < LARGEST - 1; i++) {
      // A fall that still grows at the outer end is the disc's own.
      boolean peak =
          merits[i] >= merits[i - 1] && merits[i] > Math.max(merits[i + 1], merits[i + 2]);
      if (peak && merits[i] > winner.merit) {
        double fall = falls[i] / counts[i];
        winner = new Cup((double) i / RINGS, merits[i], fall, levels[i] / counts[i]);
      }
    }
    return winner;
  }
}
