package fovea.preprocess.anatomy;

import fovea.imaging.Mats;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Gaussian averages that are too wide to need every pixel: taken at half the scale. */
final class WideBlur {
  // What halving by area and enlarging by straight lines blur on their own, in square pixels.
  private static final double SCALING = 0.9;

  private WideBlur() {}

  /** The average at half the plane's size; {@code sigma} of at least 4, in its own pixels. */
  static Mat halfSize(Mat plane, double sigma, Mats mats) {
    Mat blurred = mats.mat();
    double half = Math.sqrt(sigma * sigma - SCALING) / 2;
    Imgproc.GaussianBlur(half(plane, mats), blurred, new Size(0, 0), half);
    return blurred;
  }

  /** The average. */
  static Mat of(Mat plane, double sigma, Mats mats) {
    return enlarged(halfSize(plane, sigma, mats), plane, mats);
  }

  /** The narrow average less the wide one. */
  static Mat band(Mat plane, double narrow, double wide, Mats mats) {
    Mat band = halfSize(plane, narrow, mats);
    Core.subtract(band, halfSize(plane, wide, mats), band);
    return enlarged(band, plane, mats);
  }

  /** Half the size, each pixel the mean of four. */
  static Mat half(Mat plane, Mats mats) {
    Mat half = mats.mat();
    Size size = new Size(plane.cols() / 2.0, plane.rows() / 2.0);
    Imgproc.resize(plane, half, size, 0, 0, Imgproc.INTER_AREA);
    return half;
  }

  /** At the other's size, along straight lines between pixels. */
  static Mat enlarged(Mat small, Mat other, Mats mats) {
    Mat enlarged = mats.mat();
    Imgproc.resize(small, enlarged, other.size(), 0, 0, Imgproc.INTER_LINEAR);
    return enlarged;
  }
}
