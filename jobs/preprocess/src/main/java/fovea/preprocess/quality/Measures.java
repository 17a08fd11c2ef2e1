package fovea.preprocess.quality;

import fovea.imaging.Mats;
import fovea.preprocess.field.MaskedBlur;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Raw figures of a field of fixed size, on the green channel (vessels stand out best there) and
 * inside the eroded mask (the rim would drown everything).
 *
 * @param sharpness finest structures over middle ones, free of brightness and contrast
 * @param detail standard deviation of the structures of a vessel's size, in grey levels
 * @param brightness mean of the brightest channel, in grey levels
 * @param burnt share of pixels whose brightest and green channels are both saturated
 * @param unevenness standard deviation of the slow changes of brightness over their mean
 * @param redness mean of red less blue over mean brightness; 0 for grey, near 1 for a retina
 * @param spoiled share of the field that {@link Spoiled} finds
 */
record Measures(
    double sharpness,
    double detail,
    double brightness,
    double burnt,
    double unevenness,
    double redness,
    double spoiled) {

  /** The edge in pixels of the field that is measured: the smallest input worth judging. */
  static final int EDGE = 256;

  private static final double FINE = 1.0;
  private static final double MIDDLE = 2.5;
  private static final double VESSEL = 8;
  private static final double SLOW = 20;
  private static final int RIM = 15;
  private static final double LEAST_CLEAN = 0.15;
  private static final double SATURATED = 250;

  /**
   * Measures.
   *
   * @param bgr the field, 256 by 256, 8-bit colour
   * @param mask 255 where it shows retina
   */
  static Measures of(Mat bgr, Mat mask, Mats mats) {
    Mat inside = eroded(mask, mats);
    if (Core.countNonZero(inside) == 0) {
      return new Measures(0, 0, 0, 0, 1, 0, 1);
    }
    List<Mat> planes = new ArrayList<>();
    Core.split(bgr, planes);
    planes.forEach(mats::own);
    Mat bright = mats.mat();
    Core.max(planes.get(0), planes.get(1), bright);
    Core.max(bright, planes.get(2), bright);

    Mat spoiled = Spoiled.find(bgr, inside, mats);
    double share = Core.countNonZero(spoiled) / (double) Core.countNonZero(inside);
    Mat clean = clean(inside, spoiled, mats);
    Mat green = MaskedBlur.real(planes.get(1), mats);
    Mat fine = MaskedBlur.of(green, mask, FINE, mats);
    Mat middle = MaskedBlur.of(green, mask, MIDDLE, mats);
    Mat local = reduced(green, mask, VESSEL, 2, mats);
    double detail = deviation(difference(fine, local, mats), clean, mats);
    double finest = deviation(difference(fine, middle, mats), clean, mats);
    Mat slow = reduced(MaskedBlur.real(bright, mats), mask, SLOW, 8, mats);
    double brightness = Core.mean(bright, inside).val[0];
    return new Measures(
        finest / Math.max(detail, 0.5),
        detail,
        brightness,
        burnt(bright, planes.get(1), inside, mats),
        deviation(slow, inside, mats) / Math.max(Core.mean(slow, inside).val[0], 1),
        (Core.mean(planes.get(2), inside).val[0] - Core.mean(planes.get(0), inside).val[0])
            / Math.max(brightness, 1),
        share);
  }

  // A lid has edges and no vessels: neither says anything of the retina.
  private static Mat clean(Mat inside, Mat spoiled, Mats mats) {
    Mat covered = mats.mat();
    Mat wider = mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_RECT, new Size(RIM, RIM)));
    Imgproc.dilate(spoiled, covered, wider);
    Mat clean = mats.mat();
    Core.subtract(inside, covered, clean);
    return Core.countNonZero(clean) >= LEAST_CLEAN * Core.countNonZero(inside) ? clean : inside;
  }

  // A wide average has nothing fine: it is taken at a part of the scale.
  private static Mat reduced(Mat real, Mat mask, double sigma, int by, Mats mats) {
    Size part = new Size(EDGE / by, EDGE / by);
    Mat small = mats.mat();
    Imgproc.resize(real, small, part, 0, 0, Imgproc.INTER_AREA);
    Mat smallMask = mats.mat();
    Imgproc.resize(mask, smallMask, part, 0, 0, Imgproc.INTER_NEAREST);
    Mat average = MaskedBlur.of(small, smallMask, sigma / by, mats);
    Mat whole = mats.mat();
    Imgproc.resize(average, whole, real.size(), 0, 0, Imgproc.INTER_LINEAR);
    return whole;
  }

  private static Mat eroded(Mat mask, Mats mats) {
    Mat disc = mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_ELLIPSE, new Size(RIM, RIM)));
    // Erosion alone takes what lies beyond the picture for retina.
    Mat framed = mats.mat();
    Core.copyMakeBorder(mask, framed, 1, 1, 1, 1, Core.BORDER_CONSTANT, new Scalar(0));
    Imgproc.erode(framed, framed, disc);
    return mats.own(framed.submat(1, mask.rows() + 1, 1, mask.cols() + 1));
  }

  private static Mat difference(Mat a, Mat b, Mats mats) {
    Mat difference = mats.mat();
    Core.subtract(a, b, difference);
    return difference;
  }

  private static double deviation(Mat values, Mat mask, Mats mats) {
    MatOfDouble mean = mats.own(new MatOfDouble());
    MatOfDouble deviation = mats.own(new MatOfDouble());
    Core.meanStdDev(values, mean, deviation, mask);
    return deviation.get(0, 0)[0];
  }

  private static double burnt(Mat bright, Mat green, Mat mask, Mats mats) {
    Mat both = mats.mat();
    Core.min(bright, green, both);
    Imgproc.threshold(both, both, SATURATED, 255, Imgproc.THRESH_BINARY);
    Core.bitwise_and(both, mask, both);
    return Core.countNonZero(both) / (double) Core.countNonZero(mask);
  }
}
