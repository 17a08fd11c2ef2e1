package fovea.preprocess.fundus;

import fovea.imaging.Mats;
import fovea.preprocess.field.MaskedBlur;
import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.CLAHE;
import org.opencv.imgproc.Imgproc;

/** The steps after the crop: pure functions from picture to picture, 8-bit colour, one size. */
final class Steps {
  private static final int QUARTER = 4;
  private static final double MIDDLE_GREY = 128;

  private Steps() {}

  /**
   * Takes the local average from every pixel, strengthens what is left and puts it on middle grey
   * (B. Graham, Kaggle diabetic retinopathy detection, 2015). The average is taken at quarter scale
   * - it has nothing finer - and inside the mask only; outside is middle grey.
   *
   * @param gain 0 returns the picture itself
   * @param sigma reach of the average in pixels
   */
  static Mat evenIllumination(Mat bgr, Mat mask, double gain, double sigma, Mats mats) {
    if (gain == 0) {
      return bgr;
    }
    Mat local = localAverage(bgr, mask, sigma, mats);
    Mat even = mats.mat();
    Core.addWeighted(
        MaskedBlur.real(bgr, mats), gain, local, -gain, MIDDLE_GREY, even, CvType.CV_32F);
    Mat eight = mats.mat();
    even.convertTo(eight, CvType.CV_8U);
    Mat grey = mats.own(new Mat(bgr.size(), bgr.type(), Scalar.all(MIDDLE_GREY)));
    eight.copyTo(grey, mask);
    return grey;
  }

  private static Mat localAverage(Mat bgr, Mat mask, double sigma, Mats mats) {
    Size quarter = new Size(Math.max(1, bgr.cols() / QUARTER), Math.max(1, bgr.rows() / QUARTER));
    Mat small = mats.mat();
    Imgproc.resize(bgr, small, quarter, 0, 0, Imgproc.INTER_AREA);
    Mat smallMask = mats.mat();
    Imgproc.resize(mask, smallMask, quarter, 0, 0, Imgproc.INTER_NEAREST);
    Mat average = MaskedBlur.of(MaskedBlur.real(small, mats), smallMask, sigma / QUARTER, mats);
    Mat local = mats.mat();
    Imgproc.resize(average, local, bgr.size(), 0, 0, Imgproc.INTER_LINEAR);
    return local;
  }

  /**
   * Contrast-limited adaptive histogram equalisation of the luminance (L of L*a*b*); hues stay.
   *
   * @param clip 0 returns the picture itself
   * @param tiles along an edge
   */
  static Mat equaliseLuminance(Mat bgr, double clip, int tiles, Mats mats) {
    if (clip == 0) {
      return bgr;
    }
    Mat lab = mats.mat();
    Imgproc.cvtColor(bgr, lab, Imgproc.COLOR_BGR2Lab);
    List<Mat> planes = new ArrayList<>();
    Core.split(lab, planes);
    planes.forEach(mats::own);
    CLAHE clahe = Imgproc.createCLAHE(clip, new Size(tiles, tiles));
    clahe.apply(planes.get(0), planes.get(0));
    clahe.collectGarbage();
    Core.merge(planes, lab);
    Mat equal = mats.mat();
    Imgproc.cvtColor(lab, equal, Imgproc.COLOR_Lab2BGR);
    return equal;
  }

  /** The green channel three times: the channel in which vessels and lesions stand out best. */
  static Mat greenOnly(Mat bgr, Mats mats) {
    Mat green = mats.mat();
    Core.extractChannel(bgr, green, 1);
    Mat grey = mats.mat();
    Imgproc.cvtColor(green, grey, Imgproc.COLOR_GRAY2BGR);
    return grey;
  }

  /** Black outside the mask. */
  static Mat masked(Mat bgr, Mat mask, Mats mats) {
    Mat masked = mats.own(new Mat(bgr.size(), bgr.type(), new Scalar(0, 0, 0)));
    bgr.copyTo(masked, mask);
    return masked;
  }
}
