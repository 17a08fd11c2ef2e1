package fovea.preprocess.anatomy;

import fovea.imaging.Mats;
import fovea.preprocess.field.MaskedBlur;
import fovea.preprocess.field.SmallView;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * What every search starts from: the green channel of the field at 256 and at 128 pixels, evenly
 * lit, with and without vessels. Values are relative: 1 is the local average.
 *
 * @param smooth 256 pixels, vessels filled in; below 0 where there is no retina
 * @param vessels 256 pixels, how much darker than their surround thin dark structures are
 * @param flat 128 pixels, vessels filled in
 * @param thin 128 pixels, {@code vessels} made smaller
 * @param core 128 pixels, 255 where there is retina, off the rim
 * @param rim the others
 */
record Study(Mat smooth, Mat vessels, Mat flat, Mat thin, Mat core, Mat rim) {
  /** Edge of the field in pixels. */
  static final int EDGE = SmallView.EDGE;

  // Wider than the widest vein of a 45 degree field at this scale.
  private static final int WIDEST_VESSEL = 9;
  private static final double REACH = 11;
  // The local average is taken at a quarter of the half-size study: it has nothing finer.
  private static final int QUARTER = 4;

  static Study of(SmallView view, Mats mats) {
    Mat green = mats.mat();
    Core.extractChannel(view.bgr(), green, 1);
    // Noise: 1 2 1 both ways.
    Imgproc.GaussianBlur(green, green, new Size(3, 3), 0);
    Mat closed = mats.mat();
    Size widest = new Size(WIDEST_VESSEL, WIDEST_VESSEL);
    Mat disc = mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_ELLIPSE, widest));
    Imgproc.morphologyEx(green, closed, Imgproc.MORPH_CLOSE, disc);
    Mat dark = mats.mat();
    Core.subtract(closed, green, dark);

    Mat halfClosed = WideBlur.half(closed, mats);
    Mat local = local(halfClosed, view.halfMask(), mats);
    Mat flat = relative(halfClosed, WideBlur.enlarged(local, halfClosed, mats), mats);
    Mat wide = WideBlur.enlarged(local, closed, mats);
    Mat smooth = relative(closed, wide, mats);
    Mat outside = mats.mat();
    Core.bitwise_not(view.mask(), outside);
    mats.own(smooth.setTo(new Scalar(-1), outside));
    Mat vessels = relative(dark, wide, mats);
    Mat thin = WideBlur.half(vessels, mats);
    Mat rim = mats.mat();
    Core.bitwise_not(view.halfCore(), rim);
    // The rim is a step of its own, stronger than any vessel or disc.
    mats.own(flat.setTo(new Scalar(1), rim));
    return new Study(smooth, vessels, flat, thin, view.halfCore(), rim);
  }

  private static Mat local(Mat halfClosed, Mat halfMask, Mats mats) {
    Mat small = WideBlur.half(WideBlur.half(halfClosed, mats), mats);
    Mat smallMask = mats.mat();
    Imgproc.resize(halfMask, smallMask, small.size(), 0, 0, Imgproc.INTER_NEAREST);
    Mat local = MaskedBlur.of(small, smallMask, REACH / QUARTER, mats);
    Core.max(local, new Scalar(1), local);
    return local;
  }

  private static Mat relative(Mat plane, Mat local, Mats mats) {
    Mat relative = mats.mat();
    Core.divide(plane, local, relative, 1, CvType.CV_32F);
    return relative;
  }
}
