package fovea.preprocess.field;

import fovea.imaging.Mats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfPoint;
import org.opencv.core.Point;
import org.opencv.core.Rect;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Finds the round field of a fundus photograph: whole, cut by the frame or by bars, on borders that
 * are not quite black, beside time stamps. Works on a copy of fixed size, so that the answer does
 * not depend on the resolution.
 */
public final class FieldFinder {
  private static final int WORKING_EDGE = 256;
  private static final int SPARSE = 4;
  private static final double DARKEST_FIELD = 12;
  private static final double LEAST_THRESHOLD = 6;
  private static final double RIM_SHARE = 0.12;
  private static final double LEAST_AREA = 0.05;
  private static final int TEXT_STROKE = 7;
  private static final int FRAME_MARGIN = 2;
  private static final double LEAST_RIM = 0.15;
  private static final double LEAST_RADIUS = 0.25;
  // Of what is lit: the radius of a field that is small in its frame.
  private static final double NEARLY_HALF = 0.45;
  private static final double LEAST_AGREEMENT = 0.35;

  private FieldFinder() {}

  /**
   * Finds the field.
   *
   * @param bgr 8-bit colour
   */
  public static Field find(Mat bgr) {
    try (Mats mats = new Mats()) {
      double scale = WORKING_EDGE / (double) Math.max(bgr.cols(), bgr.rows());
      Mat light = brightness(bgr, scale, mats);
      double highest = Histogram.percentile(light, 0.95, mats);
      double lowest = Math.min(40, Histogram.percentile(light, 0.01, mats));
      if (highest < DARKEST_FIELD) {
        return nothing(bgr);
      }
      double threshold = Math.max(LEAST_THRESHOLD, lowest + RIM_SHARE * (highest - lowest));
      return largest(lit(light, threshold, mats), mats)
          .map(outline -> field(outline, light.size()))
          .map(field -> scaled(field, 1 / scale))
          .orElseGet(() -> nothing(bgr));
    }
  }

  // The brightest channel: retina is red, and grey pictures have but one.
  private static Mat brightness(Mat bgr, double scale, Mats mats) {
    Mat small = mats.mat();
    Mat near = halved(bgr, mats);
    Size size =
        new Size(
            Math.max(1, Math.round(bgr.cols() * scale)),
            Math.max(1, Math.round(bgr.rows() * scale)));
    Imgproc.resize(near, small, size, 0, 0, Imgproc.INTER_LINEAR);
    List<Mat> planes = new ArrayList<>();
    Core.split(small, planes);
    planes.forEach(mats::own);
    Mat light = mats.mat();
    Core.max(planes.get(0), planes.get(1), light);
    Core.max(light, planes.get(2), light);
    Imgproc.medianBlur(light, light, 3);
    return light;
  }

  // Halving is ten times as fast as scaling by area in any other ratio. Beyond it four pixels in
  // the middle of each that is wanted suffice: the median takes what noise they leave.
  private static Mat halved(Mat bgr, Mats mats) {
    Mat near = bgr;
    while (Math.max(near.cols(), near.rows()) >= SPARSE * WORKING_EDGE
        && near.cols() % 2 == 0
        && near.rows() % 2 == 0) {
      Mat half = mats.mat();
      Size size = new Size(near.cols() / 2.0, near.rows() / 2.0);
      Imgproc.resize(near, half, size, 0, 0, Imgproc.INTER_AREA);
      near = half;
    }
    return near;
  }

  // Opening with a disc wider than a stroke of text removes time stamps and frees what they touch.
  private static Mat lit(Mat light, double threshold, Mats mats) {
    Mat lit = mats.mat();
    Imgproc.threshold(light, lit, threshold, 255, Imgproc.THRESH_BINARY);
    Size stroke = new Size(TEXT_STROKE, TEXT_STROKE);
    Mat disc = mats.own(Imgproc.getStructuringElement(Imgproc.MORPH_ELLIPSE, stroke));
    Imgproc.morphologyEx(lit, lit, Imgproc.MORPH_OPEN, disc);
    return lit;
  }

  private static Optional<MatOfPoint> largest(Mat lit, Mats mats) {
    List<MatOfPoint> outlines = new ArrayList<>();
    Imgproc.findContours(
        lit, outlines, mats.mat(), Imgproc.RETR_EXTERNAL, Imgproc.CHAIN_APPROX_NONE);
    outlines.forEach(mats::own);
    return outlines.stream()
        .max(Comparator.comparingDouble(Imgproc::contourArea))
        .filter(outline -> Imgproc.contourArea(outline) >= LEAST_AREA * lit.total());
  }

  private static Field field(MatOfPoint outline, Size frame) {
    List<Point> points = outline.toList();
    List<Point> hull = hull(outline, points);
    List<Point> rim = points.stream().filter(p -> isInside(p, frame)).toList();
    Rect box = Imgproc.boundingRect(outline);
    double least =
        Math.min(
            LEAST_RADIUS * Math.min(frame.width, frame.height),
            NEARLY_HALF * Math.max(box.width, box.height));
    if (rim.size() >= LEAST_RIM * points.size()) {
      Optional<Circle> circle = Circle.fit(rim, least, 1.2 * WORKING_EDGE);
      if (circle.isPresent() && explains(circle.get(), rim, points)) {
        return new Field(Field.Kind.CIRCLE, circle.get(), hull);
      }
    }
    Circle round =
        new Circle(
            box.x + (box.width - 1) / 2.0,
            box.y + (box.height - 1) / 2.0,
            Math.hypot(box.width, box.height) / 2);
    return new Field(Field.Kind.FRAME, round, hull);
  }

  // Enough of the rim lies on the circle, and next to nothing that is lit lies outside it.
  private static boolean explains(Circle circle, List<Point> rim, List<Point> outline) {
    double reach = 1.06 * circle.radius() + 2;
    long outside =
        outline.stream()
            .filter(p -> Math.hypot(p.x - circle.x(), p.y - circle.y()) > reach)
            .count();
    return circle.on(rim).size() >= LEAST_AGREEMENT * rim.size() && outside <= 0.1 * outline.size();
  }

  private static boolean isInside(Point p, Size frame) {
    return p.x >= FRAME_MARGIN
        && p.y >= FRAME_MARGIN
        && p.x < frame.width - FRAME_MARGIN
        && p.y < frame.height - FRAME_MARGIN;
  }

  private static List<Point> hull(MatOfPoint outline, List<Point> points) {
    try (Mats mats = new Mats()) {
      MatOfInt corners = mats.own(new MatOfInt());
      Imgproc.convexHull(outline, corners);
      return corners.toList().stream().map(points::get).toList();
    }
  }

  // Pixel centres: working pixel p covers the photograph from p / scale to (p + 1) / scale.
  private static Field scaled(Field field, double by) {
    List<Point> outline =
        field.outline().stream().map(p -> new Point((p.x + 0.5) * by, (p.y + 0.5) * by)).toList();
    Circle rim = field.rim();
    Circle scaled =
        new Circle((rim.x() + 0.5) * by, (rim.y() + 0.5) * by, (rim.radius() + 0.5) * by);
    return new Field(field.kind(), scaled, outline);
  }

  private static Field nothing(Mat bgr) {
    double half = Math.max(bgr.cols(), bgr.rows()) / 2.0;
    Circle round = new Circle(bgr.cols() / 2.0, bgr.rows() / 2.0, half);
    return new Field(Field.Kind.NONE, round, List.of());
  }
}
