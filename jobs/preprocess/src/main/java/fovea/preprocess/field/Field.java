package fovea.preprocess.field;

import fovea.imaging.Mats;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The field of view: the rim, and which part of it is lit. All in pixels of the photograph.
 *
 * @param rim the round rim; for a frame the circle round it
 * @param outline convex polygon round what is lit
 */
public record Field(Kind kind, Circle rim, List<Point> outline) {

  /** What was found. */
  public enum Kind {
    /** The round rim of a fundus camera, whole or cut. */
    CIRCLE,
    /** Something lit without a round rim: cut from inside the field, or no fundus at all. */
    FRAME,
    /** Nothing lit. */
    NONE
  }

  // The rim itself is blurred and often fringed with colour.
  private static final double INSIDE_THE_RIM = 0.985;
  // Pictures that were not scaled alike in both directions have a rim that is not quite round.
  private static final double ROUND_ENOUGH = 1.03;
  private static final double NEARLY_WHOLE = 0.9;
  // Beyond it shares in 256ths are too coarse.
  private static final int MOST = 16;

  /**
   * The circle inscribed in the square that is cut out: the rim, or less where so much of it is
   * missing on opposite sides that the square would hold more black than retina.
   */
  public Circle cut() {
    Point[] corners = outline.toArray(Point[]::new);
    if (corners.length == 0) {
      return rim;
    }
    double left = Arrays.stream(corners).mapToDouble(p -> p.x).min().orElseThrow();
    double right = Arrays.stream(corners).mapToDouble(p -> p.x).max().orElseThrow();
    double top = Arrays.stream(corners).mapToDouble(p -> p.y).min().orElseThrow();
    double bottom = Arrays.stream(corners).mapToDouble(p -> p.y).max().orElseThrow();
    double half = Math.max(right - left, bottom - top) / 2;
    boolean whole = kind == Kind.CIRCLE && half >= NEARLY_WHOLE * rim.radius();
    return whole ? rim : new Circle((left + right) / 2, (top + bottom) / 2, half);
  }

  /**
   * The square, black where it reaches beyond the photograph, at its own resolution.
   *
   * @param photograph any 8-bit picture this field was found in
   */
  public Mat crop(Mat photograph, Mats mats) {
    Circle cut = cut();
    int left = (int) Math.floor(cut.x() - cut.radius());
    int top = (int) Math.floor(cut.y() - cut.radius());
    int edge = Math.max(1, (int) Math.ceil(2 * cut.radius()));
    return square(photograph, left, top, edge, mats);
  }

  /**
   * A square of a photograph, black where it lies beyond it; a view of the photograph where it does
   * not. All in pixels.
   */
  public static Mat square(Mat photograph, int left, int top, int edge, Mats mats) {
    Rect inside = within(new Rect(left, top, edge, edge), photograph);
    Mat part = mats.own(photograph.submat(inside));
    if (inside.width == edge && inside.height == edge) {
      return part;
    }
    Mat padded = mats.mat();
    Core.copyMakeBorder(
        part,
        padded,
        inside.y - top,
        top + edge - inside.y - inside.height,
        inside.x - left,
        left + edge - inside.x - inside.width,
        Core.BORDER_CONSTANT | Core.BORDER_ISOLATED,
        new Scalar(0, 0, 0));
    return padded;
  }

  /**
   * The square scaled to {@code edge} pixels; by area where it shrinks.
   *
   * @param photograph any 8-bit picture this field was found in
   */
  public Mat crop(Mat photograph, int edge, Mats mats) {
    return fitted(crop(photograph, mats), edge, mats);
  }

  /**
   * What {@link #crop(Mat, Mats)} cut out, scaled. It lies on whole pixels of the photograph; where
   * it shrinks the field itself is taken, to a part of a pixel, so that the decoder's scale moves
   * nothing.
   */
  public Mat fitted(Mat square, int edge, Mats mats) {
    Circle cut = cut();
    double side = 2 * cut.radius();
    if (side <= edge || side > MOST * edge) {
      return scaled(square, edge, mats);
    }
    double left = cut.x() - cut.radius();
    double top = cut.y() - cut.radius();
    return AreaScale.scaled(
        square, left - Math.floor(left), top - Math.floor(top), side, edge, mats);
  }

  /** A square of 8-bit colour scaled to {@code edge} pixels; by area where it shrinks. */
  public static Mat scaled(Mat square, int edge, Mats mats) {
    // At halving nothing is faster than OpenCV.
    Mat near = square;
    while (near.cols() % (2 * edge) == 0) {
      near = resized(near, near.cols() / 2, Imgproc.INTER_AREA, mats);
    }
    if (near.cols() > MOST * edge) {
      return resized(near, edge, Imgproc.INTER_AREA, mats);
    }
    if (near.cols() > edge) {
      return AreaScale.scaled(near, 0, 0, near.cols(), edge, mats);
    }
    return near.cols() == edge ? near : resized(near, edge, Imgproc.INTER_CUBIC, mats);
  }

  private static Mat resized(Mat square, int edge, int how, Mats mats) {
    Mat resized = mats.mat();
    Imgproc.resize(square, resized, new Size(edge, edge), 0, 0, how);
    return resized;
  }

  /** 255 where a crop of {@code edge} pixels shows retina, else 0; one 8-bit channel. */
  public Mat mask(int edge, Mats mats) {
    return mask(cut(), edge, mats);
  }

  /** How much of the whole disc shows retina: 0 to 1; of the square, for a frame. */
  public double visible() {
    int edge = 256;
    try (Mats mats = new Mats()) {
      double all = kind == Kind.CIRCLE ? Math.PI / 4 * INSIDE_THE_RIM * INSIDE_THE_RIM : 1;
      double lit = Core.countNonZero(mask(kind == Kind.CIRCLE ? rim : cut(), edge, mats));
      return Math.min(1, lit / (all * edge * edge));
    }
  }

  private Mat mask(Circle square, int edge, Mats mats) {
    double scale = edge / (2 * square.radius());
    double left = square.x() - square.radius();
    double top = square.y() - square.radius();
    Point[] corners =
        outline.stream()
            .map(this::inwards)
            .map(p -> new Point((p.x - left) * scale, (p.y - top) * scale))
            .toArray(Point[]::new);
    Mat mask = mats.own(Mat.zeros(edge, edge, CvType.CV_8UC1));
    if (corners.length >= 3) {
      Imgproc.fillConvexPoly(mask, mats.own(new MatOfPoint(corners)), new Scalar(255));
    }
    if (kind == Kind.CIRCLE) {
      Mat disc = mats.own(Mat.zeros(edge, edge, CvType.CV_8UC1));
      Point centre = new Point((rim.x() - left) * scale, (rim.y() - top) * scale);
      int radius = (int) Math.round(rim.radius() * scale * ROUND_ENOUGH);
      Imgproc.circle(disc, centre, radius, new Scalar(255), Imgproc.FILLED);
      Core.bitwise_and(mask, disc, mask);
    }
    return mask;
  }

  private Point inwards(Point p) {
    return new Point(
        rim.x() + INSIDE_THE_RIM * (p.x - rim.x()), rim.y() + INSIDE_THE_RIM * (p.y - rim.y()));
  }

  private static Rect within(Rect square, Mat photograph) {
    int left = Math.min(Math.max(square.x, 0), photograph.cols() - 1);
    int top = Math.min(Math.max(square.y, 0), photograph.rows() - 1);
    int right = Math.max(left + 1, Math.min(square.x + square.width, photograph.cols()));
    int bottom = Math.max(top + 1, Math.min(square.y + square.height, photograph.rows()));
    return new Rect(left, top, right - left, bottom - top);
  }
}
