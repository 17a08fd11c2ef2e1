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
   * Gaussian average over the pixels inside the mask, in 32-bit reals.
   *
   * @param picture 8-bit or 32-bit reals, one or three channels
   * @param mask 8-bit, 255 inside
   * @param sigma in pixels
   */
  public static Mat of(Mat picture, Mat mask, double sigma, Mats mats) {
    Size kernel = new Size(0, 0);
    Mat weight = mats.mat();
    mask.convertTo(weight, CvType.CV_32F, 1 / 255.0);
    Imgproc.GaussianBlur(weight, weight, kernel, sigma);
    Core.max(weight, new Scalar(LEAST_WEIGHT), weight);
    Mat inside = mats.own(Mat.zeros(picture.size(), picture.type()));
    picture.copyTo(inside, mask);
    Mat sum = real(inside, mats);
    Imgproc.GaussianBlur(sum, sum, kernel, sigma);
    Core.divide(sum, picture.channels() == 1 ? weight : thrice(weight, mats), sum);
    return sum;
  }

  private static Mat thrice(Mat plane, Mats mats) {
    Mat thrice = mats.mat();
    Imgproc.cvtColor(plane, thrice, Imgproc.COLOR_GRAY2BGR);
    return thrice;
  }
}
