package fovea.imaging;

import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/** Whatever a decoder hands out, as 8-bit BGR. */
final class PixelLayout {
  private static final double SIXTEEN_TO_EIGHT = 1 / 257.0;

  private PixelLayout() {}

  static Mat toBgr(Mat pixels, Mats mats) {
    Mat eight = toEightBits(pixels, mats);
    if (eight.channels() == 3) {
      return eight;
    }
    return eight.channels() == 4 ? overBlack(eight, mats) : grey(eight, mats);
  }

  private static Mat toEightBits(Mat pixels, Mats mats) {
    if (pixels.depth() == CvType.CV_8U) {
      return pixels;
    }
    Mat eight = mats.mat();
    pixels.convertTo(eight, CvType.CV_8U, SIXTEEN_TO_EIGHT);
    return eight;
  }

  private static Mat grey(Mat one, Mats mats) {
    Mat bgr = mats.mat();
    Imgproc.cvtColor(one, bgr, Imgproc.COLOR_GRAY2BGR);
    return bgr;
  }

  private static Mat overBlack(Mat bgra, Mats mats) {
    List<Mat> planes = new ArrayList<>();
    Core.split(bgra, planes);
    planes.forEach(mats::own);
    Mat alpha = planes.remove(3);
    for (Mat plane : planes) {
      Core.multiply(plane, alpha, plane, 1 / 255.0);
    }
    Mat bgr = mats.mat();
    Core.merge(planes, bgr);
    return bgr;
  }
}
