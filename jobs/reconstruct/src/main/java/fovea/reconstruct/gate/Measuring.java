package fovea.reconstruct.gate;

import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.Mats;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.MatOfFloat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfKeyPoint;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.features2d.SIFT;
import org.opencv.imgproc.Imgproc;

/** Photographs to figures, at one size whatever the camera's. */
final class Measuring {
  /** Longest edge of the measured picture, pixels. */
  static final int EDGE = 800;

  private static final int FEATURES = 1500;
  private static final double CONTRAST = 0.015;
  private static final int SMALL = 16;
  private static final int BURNT = 250;
  private static final double BRIGHTEST_SHARE = 0.99;

  private final SIFT sift = SIFT.create(FEATURES, 3, CONTRAST, 10, 1.6);

  /**
   * Measures.
   *
   * @param kept scope of what the result holds: about 50 kB a photograph
   */
  Optional<Measured> measure(String name, byte[] content, Mats kept) {
    try (Mats passing = new Mats()) {
      if (!(Decoder.decode(content, passing) instanceof Decoding.Decoded decoded)) {
        return Optional.empty();
      }
      Mat grey = grey(decoded.bgr(), passing);
      double[] histogram = histogram(grey, passing);
      MatOfKeyPoint points = kept.own(new MatOfKeyPoint());
      Mat descriptors = kept.mat();
      sift.detectAndCompute(grey, passing.mat(), points, descriptors);
      return Optional.of(
          new Measured(
              name,
              sharpness(grey, passing),
              percentile(histogram),
              burnt(histogram),
              small(grey, passing, kept),
              points,
              descriptors));
    }
  }

  private static Mat grey(Mat bgr, Mats mats) {
    Mat grey = mats.mat();
    Imgproc.cvtColor(bgr, grey, Imgproc.COLOR_BGR2GRAY);
    double scale = Math.min(1, (double) EDGE / Math.max(grey.cols(), grey.rows()));
    Size size = new Size(Math.rint(grey.cols() * scale), Math.rint(grey.rows() * scale));
    Mat sized = mats.mat();
    Imgproc.resize(grey, sized, size, 0, 0, Imgproc.INTER_AREA);
    return sized;
  }

  // Blurring what is blurred changes little (after Crete et al., SPIE 6492, 2007): a measure that
  // depends on the subject's texture less than the Laplacian's energy alone.
  private static double sharpness(Mat grey, Mats mats) {
    Mat blurred = mats.mat();
    Imgproc.GaussianBlur(grey, blurred, new Size(0, 0), 1);
    double again = laplacian(blurred, mats);
    return again == 0 ? 1 : laplacian(grey, mats) / again;
  }

  private static double laplacian(Mat grey, Mats mats) {
    Mat edges = mats.mat();
    Imgproc.Laplacian(grey, edges, CvType.CV_32F);
    MatOfDouble mean = mats.own(new MatOfDouble());
    MatOfDouble deviation = mats.own(new MatOfDouble());
    Core.meanStdDev(edges, mean, deviation);
    return deviation.get(0, 0)[0] * deviation.get(0, 0)[0];
  }

  private static double[] histogram(Mat grey, Mats mats) {
    Mat counts = mats.mat();
    Imgproc.calcHist(
        java.util.List.of(grey),
        mats.own(new MatOfInt(0)),
        mats.mat(),
        counts,
        mats.own(new MatOfInt(256)),
        mats.own(new MatOfFloat(0, 256)));
    double[] shares = new double[256];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = counts.get(i, 0)[0] / grey.total();
    }
    return shares;
  }

  private static double percentile(double[] histogram) {
    double below = 0;
    int level = 0;
    while (level < 255 && below + histogram[level] < BRIGHTEST_SHARE) {
      below += histogram[level++];
    }
    return level;
  }

  private static double burnt(double[] histogram) {
    double share = 0;
    for (int level = BURNT; level < 256; level++) {
      share += histogram[level];
    }
    return share;
  }

  private static Mat small(Mat grey, Mats passing, Mats kept) {
    Mat shrunk = passing.mat();
    Imgproc.resize(grey, shrunk, new Size(SMALL, SMALL), 0, 0, Imgproc.INTER_AREA);
    Mat values = kept.mat();
    shrunk.convertTo(values, CvType.CV_32F);
    Core.subtract(values, new Scalar(Core.mean(values).val[0]), values);
    return values;
  }
}
