package fovea.preprocess.anatomy;

import fovea.imaging.Mats;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Where the optic disc lies: a bright spot of its size that upright vessels run through (S. Mahfouz
 * and A. Fahmy, IEEE Trans. Image Process. 2010, look for the same two signs), with a dark spot,
 * the fovea, two and a half disc diameters to its left or right.
 */
final class DiscSearch {
  private static final double BRIGHT = 4.5;
  private static final double AROUND = 10;
  private static final double CROSSING = 5;
  private static final double FOVEA = 5;
  private static final double WEIGHT_CROSSING = 1.0;
  private static final double WEIGHT_FOVEA = 0.7;
  // In pixels of the half-size study, whose field has a radius of about 63.
  static final int TO_FOVEA = 44;
  static final int WINDOW_ACROSS = 21;
  static final int WINDOW_DOWN = 25;
  static final int BELOW = 5;

  private DiscSearch() {}

  /**
   * Where, in pixels of the half-size study, and how far above the average the place stands.
   *
   * @param darkness for the fovea, see {@link #darkness}
   */
  record Place(int x, int y, double score, boolean foveaToTheLeft, Mat darkness) {}

  static Optional<Place> find(Study study, Mats mats) {
    Mat bright = standard(WideBlur.band(study.flat(), BRIGHT, AROUND, mats), study.core(), mats);
    Mat crossing = standard(crossing(study, mats), study.core(), mats);
    Mat score = mats.mat();
    Core.addWeighted(bright, 1, crossing, WEIGHT_CROSSING, 0, score);
    Mat dark = darkness(study, mats);
    Mat darkest = darkest(dark, mats);
    Mat left = shifted(darkest, -TO_FOVEA, mats);
    Mat right = shifted(darkest, TO_FOVEA, mats);
    Mat either = mats.mat();
    Core.max(left, right, either);
    Core.addWeighted(score, 1, either, WEIGHT_FOVEA, 0, score);
    if (Core.countNonZero(study.core()) == 0) {
      return Optional.empty();
    }
    Core.MinMaxLocResult best = Core.minMaxLoc(score, study.core());
    int x = (int) best.maxLoc.x;
    int y = (int) best.maxLoc.y;
    boolean isLeft = left.get(y, x)[0] > right.get(y, x)[0];
    return Optional.of(new Place(x, y, best.maxVal, isLeft, dark));
  }

  /** Dark spots of the fovea's size away from vessels, standardised. */
  private static Mat darkness(Study study, Mats mats) {
    Mat spot = WideBlur.band(study.flat(), FOVEA, AROUND, mats);
    Mat vessels = WideBlur.of(study.thin(), FOVEA, mats);
    Mat dark = mats.mat();
    Core.addWeighted(spot, -1, vessels, -1, 0, dark);
    return standard(dark, study.core(), mats);
  }

  // Upright vessels change from left to right; those that lie flat count against the place.
  private static Mat crossing(Study study, Mats mats) {
    Mat across = mats.mat();
    Mat down = mats.mat();
    Imgproc.Sobel(study.thin(), across, CvType.CV_32F, 1, 0);
    Imgproc.Sobel(study.thin(), down, CvType.CV_32F, 0, 1);
    Core.multiply(across, across, across);
    Core.multiply(down, down, down);
    Core.addWeighted(across, 1, down, -0.5, 0, across);
    mats.own(across.setTo(new Scalar(0), study.rim()));
    return WideBlur.of(across, CROSSING, mats);
  }

  // Zero outside, spread one inside; beyond four spreads nothing gets better.
  private static Mat standard(Mat plane, Mat mask, Mats mats) {
    MatOfDouble mean = mats.own(new MatOfDouble());
    MatOfDouble spread = mats.own(new MatOfDouble());
    Core.meanStdDev(plane, mean, spread, mask);
    double by = 1 / Math.max(1e-6, spread.get(0, 0)[0]);
    Mat scaled = mats.mat();
    plane.convertTo(scaled, CvType.CV_32F, by, -mean.get(0, 0)[0] * by);
    Core.min(scaled, new Scalar(4), scaled);
    Mat result = mats.own(Mat.zeros(plane.size(), CvType.CV_32F));
    scaled.copyTo(result, mask);
    return result;
  }

  // For every place the darkest spot of the window round it.
  private static Mat darkest(Mat dark, Mats mats) {
    Size window = new Size(WINDOW_ACROSS, WINDOW_DOWN);
    Mat box = mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_RECT, window));
    Mat best = mats.mat();
    Imgproc.dilate(dark, best, box, new Point(-1, -1), 1, Core.BORDER_CONSTANT, new Scalar(0));
    return best;
  }

  // For every disc's place what lies where its fovea would.
  private static Mat shifted(Mat darkest, int across, Mats mats) {
    Mat moved = mats.mat();
    Mat shift = mats.own(new Mat(2, 3, CvType.CV_64F));
    shift.put(0, 0, 1, 0, -across, 0, 1, -BELOW);
    Imgproc.warpAffine(darkest, moved, shift, darkest.size(), Imgproc.INTER_NEAREST);
    return moved;
  }
}
