package fovea.preprocess.anatomy;

import fovea.imaging.Mats;
import fovea.preprocess.field.MaskedBlur;
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
 * @param smooth 256 pixels, vessels filled in
 * @param vessels 256 pixels, how much darker than their surround thin dark structures are
 * @param flat 128 pixels, vessels filled in
 * @param thin 128 pixels, {@code vessels} made smaller
 * @param inside 256 pixels, above 0 where there is retina
 * @param core 128 pixels, 255 where there is retina, off the rim
 * @param rim the others
 */
record Study(Mat smooth, Mat vessels, Mat flat, Mat thin, Mat inside, Mat core, Mat rim) {
  /** Edge of the field in pixels. */
  static final int EDGE = 256;

  private static final int HALF = EDGE / 2;
  // Wider than the widest vein of a 45 degree field at this scale.
  private static final int WIDEST_VESSEL = 9;
  private static final double NOISE = 0.8;
  private static final double REACH = 11;
  private static final int RIM = 9;

  /**
   * Prepares.
   *
   * @param bgr 256 by 256, 8-bit colour
   * @param mask 255 where it shows retina
   */
  static Study of(Mat bgr, Mat mask, Mats mats) {
    Mat green = mats.mat();
    Core.extractChannel(bgr, green, 1);
    Imgproc.GaussianBlur(green, green, new Size(0, 0), NOISE);
    Mat closed = mats.mat();
    Size widest = new Size(WIDEST_VESSEL, WIDEST_VESSEL);
    Mat disc = mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_ELLIPSE, widest));
    Imgproc.morphologyEx(green, closed, Imgproc.MORPH_CLOSE, disc);
    Mat dark = mats.mat();
    Core.subtract(closed, green, dark);

    Mat halfMask = half(mask, Imgproc.INTER_NEAREST, mats);
    Mat halfClosed = MaskedBlur.real(half(closed, Imgproc.INTER_AREA, mats), mats);
    Mat local = MaskedBlur.of(halfClosed, halfMask, REACH, mats);
    Core.max(local, new Scalar(1), local);
    Mat flat = mats.mat();
    Core.divide(halfClosed, local, flat);
    Mat wide = mats.mat();
    Imgproc.resize(local, wide, bgr.size(), 0, 0, Imgproc.INTER_LINEAR);
    Mat smooth = relative(closed, wide, mats);
    Mat vessels = relative(dark, wide, mats);
    Mat thin = half(vessels, Imgproc.INTER_AREA, mats);
    Mat core = core(halfMask, mats);
    Mat rim = mats.mat();
    Core.bitwise_not(core, rim);
    // The rim is a step of its own, stronger than any vessel or disc.
    flat.setTo(new Scalar(1), rim);
    return new Study(smooth, vessels, flat, thin, mask, core, rim);
  }

  private static Mat half(Mat whole, int how, Mats mats) {
    Mat half = mats.mat();
    Imgproc.resize(whole, half, new Size(HALF, HALF), 0, 0, how);
    return half;
  }

  private static Mat relative(Mat plane, Mat local, Mats mats) {
    Mat relative = mats.mat();
    Core.divide(plane, local, relative, 1, CvType.CV_32F);
    return relative;
  }

  private static Mat core(Mat mask, Mats mats) {
    Mat disc = mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_ELLIPSE, new Size(RIM, RIM)));
    Mat framed = mats.mat();
    Core.copyMakeBorder(mask, framed, 1, 1, 1, 1, Core.BORDER_CONSTANT, new Scalar(0));
    Imgproc.erode(framed, framed, disc);
    return mats.own(mats.own(framed.submat(1, HALF + 1, 1, HALF + 1)).clone());
  }
}
