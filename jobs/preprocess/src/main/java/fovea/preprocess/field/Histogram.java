package fovea.preprocess.field;

import fovea.imaging.Mats;
import java.util.List;
import org.opencv.core.Mat;
import org.opencv.core.MatOfFloat;
import org.opencv.core.MatOfInt;
import org.opencv.imgproc.Imgproc;

/** Percentiles of a plane. */
final class Histogram {
  private Histogram() {}

  /**
   * The value that a share of the pixels does not exceed.
   *
   * @param plane one 8-bit channel
   * @param share 0 to 1
   */
  static double percentile(Mat plane, double share, Mats mats) {
    Mat counts = mats.mat();
    Imgproc.calcHist(
        List.of(plane),
        mats.own(new MatOfInt(0)),
        mats.mat(),
        counts,
        mats.own(new MatOfInt(256)),
        mats.own(new MatOfFloat(0, 256)));
    float[] bins = new float[256];
    counts.get(0, 0, bins);
    double wanted = share * plane.total();
    double seen = 0;
    int value = 0;
    for (; value < 255; value++) {
      seen += bins[value];
      if (seen >= wanted) {
        break;
      }
    }
    return value;
  }
}
