package fovea.preprocess;

import fovea.imaging.Encoder;
import fovea.imaging.Mats;
import java.util.Random;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** A drawn retina with known answers: round field, bright disc, branching vessels. */
public final class Retina {
  /** Share of the field's radius in half the shorter edge. */
  public static final double RADIUS = 0.9;

  private static final Scalar ORANGE = new Scalar(45, 90, 170);
  private static final Scalar VESSEL = new Scalar(25, 45, 120);
  private static final Scalar DISC = new Scalar(130, 190, 235);
  private static final int DRAWN = 2048;

  private Retina() {}

  /** A sharp, well-lit photograph, {@code edge} by {@code edge} pixels. */
  public static Mat photograph(int edge, Mats mats) {
    Mat scaled = mats.mat();
    Imgproc.resize(Drawn.ONCE, scaled, new Size(edge, edge), 0, 0, Imgproc.INTER_AREA);
    return scaled;
  }

  /** A sharp, well-lit photograph as JPEG. */
  public static byte[] jpeg(int edge) {
    try (Mats mats = new Mats()) {
      return Encoder.jpeg(photograph(edge, mats), 95);
    }
  }

  /** The photograph blurred, {@code sigma} in shares of the edge. */
  public static Mat blurred(Mat photograph, double sigma, Mats mats) {
    Mat blurred = mats.mat();
    Imgproc.GaussianBlur(photograph, blurred, new Size(0, 0), sigma * photograph.cols());
    return blurred;
  }

  /** The photograph with every pixel times {@code factor}. */
  public static Mat darkened(Mat photograph, double factor, Mats mats) {
    Mat dark = mats.mat();
    photograph.convertTo(dark, -1, factor);
    return dark;
  }

  /** A white time stamp in the upper left corner, outside the field. */
  public static void stamp(Mat photograph) {
    double scale = photograph.cols() / 700.0;
    Imgproc.putText(
        photograph,
        "2019-03-04",
        new Point(4, 22 * scale),
        Imgproc.FONT_HERSHEY_SIMPLEX,
        0.6 * scale,
        new Scalar(255, 255, 255),
        (int) Math.max(1, 2 * scale));
  }

  /** Black bars over the top and the bottom, each {@code share} of the height. */
  public static void cutTopAndBottom(Mat photograph, double share) {
    int bar = (int) (share * photograph.rows());
    Rect top = new Rect(0, 0, photograph.cols(), bar);
    Rect bottom = new Rect(0, photograph.rows() - bar, photograph.cols(), bar);
    Imgproc.rectangle(photograph, top, new Scalar(0, 0, 0), Imgproc.FILLED);
    Imgproc.rectangle(photograph, bottom, new Scalar(0, 0, 0), Imgproc.FILLED);
  }

  private static Mat drawn(int seed, Mats mats) {
    Mat retina = mats.own(new Mat(DRAWN, DRAWN, CvType.CV_8UC3, ORANGE));
    Random random = new Random(seed);
    Point disc = new Point(DRAWN * 0.68, DRAWN * 0.5);
    for (int i = 0; i < 14; i++) {
      vessel(retina, disc, i * Math.PI / 7, 16, 60, random);
    }
    Imgproc.circle(retina, disc, 110, DISC, Imgproc.FILLED, Imgproc.LINE_AA);
    Mat mask = mats.own(Mat.zeros(DRAWN, DRAWN, CvType.CV_8UC1));
    Point centre = new Point(DRAWN / 2.0, DRAWN / 2.0);
    Imgproc.circle(mask, centre, (int) (DRAWN / 2 * RADIUS), new Scalar(255), Imgproc.FILLED);
    Mat field = mats.own(new Mat(DRAWN, DRAWN, CvType.CV_8UC3, new Scalar(3, 3, 3)));
    retina.copyTo(field, mask);
    return field;
  }

  // Drawing takes far longer than scaling: kept for the life of the test JVM.
  private static final class Drawn {
    static final Mat ONCE = draw();

    private static Mat draw() {
      try (Mats mats = new Mats()) {
        return drawn(7, mats).clone();
      }
    }
  }

  private static void vessel(
      Mat retina, Point from, double angle, double width, int steps, Random random) {
    Point at = from;
    double heading = angle;
    for (int i = 0; i < steps && width > 2; i++) {
      heading += random.nextGaussian() * 0.18;
      Point next = new Point(at.x + 26 * Math.cos(heading), at.y + 26 * Math.sin(heading));
      Imgproc.line(retina, at, next, VESSEL, (int) width, Imgproc.LINE_AA);
      if (i % 9 == 8) {
        double side = random.nextBoolean() ? 0.7 : -0.7;
        vessel(retina, next, heading + side, width * 0.65, steps - i, random);
        width *= 0.85;
      }
      at = next;
    }
  }
}
