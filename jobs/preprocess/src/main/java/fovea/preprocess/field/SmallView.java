package fovea.preprocess.field;

import fovea.imaging.Mats;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The field at the one size at which quality and anatomy are measured, so that neither depends on
 * the camera's resolution. Masks are 255 where there is retina, else 0.
 *
 * @param bgr 256 by 256, 8-bit colour
 * @param mask 256 by 256
 * @param halfMask 128 by 128
 * @param halfCore the same, four pixels off the rim, which is stronger than all that it surrounds
 */
public record SmallView(Mat bgr, Mat mask, Mat halfMask, Mat halfCore) {
  /** Edge of the field in pixels: the smallest input worth judging. */
  public static final int EDGE = 256;

  private static final int HALF = EDGE / 2;
  private static final int RIM = 9;

  /**
   * Prepares.
   *
   * @param bgr the field cut out, 256 by 256, 8-bit colour
   * @param field where it lay
   */
  public static SmallView of(Mat bgr, Field field, Mats mats) {
    Mat mask = field.mask(EDGE, mats);
    Mat half = mats.mat();
    Imgproc.resize(mask, half, new Size(HALF, HALF), 0, 0, Imgproc.INTER_NEAREST);
    return new SmallView(bgr, mask, half, core(half, mats));
  }

  /** {@code halfCore} at full size. */
  public Mat core(Mats mats) {
    Mat core = mats.mat();
    Imgproc.resize(halfCore, core, mask.size(), 0, 0, Imgproc.INTER_NEAREST);
    return core;
  }

  private static Mat core(Mat mask, Mats mats) {
    Mat disc = mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_ELLIPSE, new Size(RIM, RIM)));
    // Erosion alone takes what lies beyond the picture for retina.
    Mat core = mats.mat();
    Imgproc.erode(mask, core, disc, new Point(-1, -1), 1, Core.BORDER_CONSTANT, new Scalar(0));
    return core;
  }
}
