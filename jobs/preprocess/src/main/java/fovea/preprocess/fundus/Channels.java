package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/** Small operations on colour pictures. */
final class Channels {
  private Channels() {}

  static Mat greenOnly(Mat bgr, Mats mats) {
    Mat green = mats.mat();
    Core.extractChannel(bgr, green, 1);
    Mat grey = mats.mat();
    Imgproc.cvtColor(green, grey, Imgproc.COLOR_GRAY2BGR);
    return grey;
  }

  static Mat masked(Mat bgr, Mat mask, Mats mats) {
    Mat masked = mats.own(new Mat(bgr.size(), bgr.type(), new Scalar(0, 0, 0)));
    bgr.copyTo(masked, mask);
    return masked;
  }
}
