package fovea.preprocess.field;

import fovea.imaging.Mats;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Local averages that know nothing of what lies outside the mask, so that no rim darkens. */
public final class MaskedBlur {
  private static final double LEAST_WEIGHT = 1e-3;

  private MaskedBlur() {}

  /** The same picture in 32-bit reals, grey levels kept. */
  public static Mat real(Mat picture, Mats mats) {
    Mat real = mats.mat();
    picture.convertTo(real, CvType.CV_32F);
    return real;
  }

  /**
   * Gaussian average over the pixels inside the mask.
   *
   * @param real 32-bit reals, one or three channels
   * @param mask 8-bit, 255 inside
   * @param sigma in pixels
   */
  public static Mat of(Mat real, Mat mask, double sigma, Mats mats) {
    Mat weight = mats.mat();
    mask.convertTo(weight, CvType.CV_32F, 1 / 255.0);
    Mat weights = mats.mat();
    Core.merge(java.util.Collections.nCopies(real.channels(), weight), weights);
    Mat sum = mats.mat();
    Core.multiply(real, weights, sum);
    Size kernel = new Size(0, 0);
    Imgproc.GaussianBlur(sum, sum, kernel, sigma);
    Imgproc.GaussianBlur(weights, weights, kernel, sigma);
    Core.max(weights, Scalar.all(LEAST_WEIGHT), weights);
    Core.divide(sum, weights, sum);
    return sum;
  }
}
