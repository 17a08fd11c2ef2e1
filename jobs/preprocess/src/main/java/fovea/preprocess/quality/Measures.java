package fovea.preprocess.quality;

import fovea.imaging.Mats;
import fovea.preprocess.field.MaskedBlur;
import fovea.preprocess.field.SmallView;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Raw figures of a field of fixed size, on the green channel (vessels stand out best there) and off
 * the rim, which would drown everything.
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

  private static final int EDGE = SmallView.EDGE;
  private static final double FINE = 1.0;
  private static final double MIDDLE = 2.5;
  private static final double VESSEL = 8;
  private static final double SLOW = 20;
  private static final int RIM = 15;
  private static final double LEAST_CLEAN = 0.15;
  private static final double SATURATED = 250;

  static Measures of(SmallView view, Mats mats) {
    Mat inside = view.core(mats);
    if (Core.countNonZero(inside) == 0) {
      return new Measures(0, 0, 0, 0, 1, 0, 1);
    }
    List<Mat> planes = new ArrayList<>();
    Core.split(view.bgr(), planes);
    planes.forEach(mats::own);
    Mat bright = mats.mat();
    Core.max(planes.get(0), planes.get(1), bright);
    Core.max(bright, planes.get(2), bright);

    Mat spoiled = Spoiled.find(view.bgr(), inside, mats);
    double share = Core.countNonZero(spoiled) / (double) Core.countNonZero(inside);
    Mat clean = clean(inside, spoiled, mats);
    Mat local = local(planes.get(1), view, mats);
    Mat green = filled(planes.get(1), local, view.mask(), mats);
    Mat fine = blurred(green, FINE, mats);
    Mat middle = blurred(green, MIDDLE, mats);
    double detail = deviation(difference(fine, local, mats), clean, mats);
    double finest = deviation(difference(fine, middle, mats), clean, mats);
    double brightness = Core.mean(bright, inside).val[0];
    return new Measures(
        finest / Math.max(detail, 0.5),
        detail,
        brightness,
        burnt(bright, planes.get(1), inside, mats),
        unevenness(bright, view, mats),
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
  private static Mat local(Mat green, SmallView view, Mats mats) {
    Mat average = MaskedBlur.of(halved(green, mats), view.halfMask(), VESSEL / 2, mats);
    Mat whole = mats.mat();
    Imgproc.resize(average, whole, green.size(), 0, 0, Imgproc.INTER_LINEAR);
    return whole;
  }

  // With the local average beyond the rim, narrow averages need no mask.
  private static Mat filled(Mat green, Mat local, Mat mask, Mats mats) {
    Mat filled = mats.mat();
    local.copyTo(filled);
    MaskedBlur.real(green, mats).copyTo(filled, mask);
    return filled;
  }

  private static Mat blurred(Mat real, double sigma, Mats mats) {
    Mat blurred = mats.mat();
    Imgproc.GaussianBlur(real, blurred, new Size(0, 0), sigma);
    return blurred;
  }

  private static double unevenness(Mat bright, SmallView view, Mats mats) {
    Mat small = halved(halved(halved(bright, mats), mats), mats);
    Mat smallMask = mats.mat();
    Imgproc.resize(view.mask(), smallMask, small.size(), 0, 0, Imgproc.INTER_NEAREST);
    Mat inside = mats.mat();
    Imgproc.resize(view.halfCore(), inside, small.size(), 0, 0, Imgproc.INTER_NEAREST);
    Mat slow = MaskedBlur.of(small, smallMask, SLOW * small.cols() / EDGE, mats);
    return deviation(slow, inside, mats) / Math.max(Core.mean(slow, inside).val[0], 1);
  }

  private static Mat halved(Mat plane, Mats mats) {
    Mat half = mats.mat();
    Size size = new Size(plane.cols() / 2.0, plane.rows() / 2.0);
    Imgproc.resize(plane, half, size, 0, 0, Imgproc.INTER_AREA);
    return half;
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
