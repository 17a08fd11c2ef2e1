package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/** Small operations on colour pictures. */
final class Channels {
  private Channels() {}

  static Mat greenOnly(Mat bgr, Mats mats) {
    Mat green = mats.mat();
    Core.extractChannel(bgr, green, 1);
    return thrice(green, mats);
  }

  /** The plane three times. */
  static Mat thrice(Mat plane, Mats mats) {
    Mat thrice = mats.mat();
    Imgproc.cvtColor(plane, thrice, Imgproc.COLOR_GRAY2BGR);
    return thrice;
  }

  static Mat masked(Mat bgr, Mat mask, Mats mats) {
    Mat masked = mats.mat();
    Core.bitwise_and(bgr, thrice(mask, mats), masked);
    return masked;
  }
}
