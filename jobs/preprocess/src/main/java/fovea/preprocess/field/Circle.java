package fovea.preprocess.field;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.opencv.core.Point;

/** A circle, and how to find one among points of which many lie on something else. */
public record Circle(double x, double y, double radius) {
  private static final int ROUNDS = 300;
  private static final int SEED = 42;
  // Neighbours on an outline say the same.
  private static final int EVERY = 2;

  /**
   * The circle that most points lie on (RANSAC with a fixed seed, then least squares over the
   * points that agree).
   *
   * @param leastRadius smaller circles are not looked at
   * @param mostRadius nor larger ones
   */
  static Optional<Circle> fit(List<Point> points, double leastRadius, double mostRadius) {
    Random random = new Random(SEED);
    double[] xs = points.stream().mapToDouble(p -> p.x).toArray();
    double[] ys = points.stream().mapToDouble(p -> p.y).toArray();
    Circle best = new Circle(0, 0, 0);
    int most = 0;
    for (int round = 0; round < ROUNDS && points.size() >= 3; round++) {
      Circle candidate = through(pick(points, random), pick(points, random), pick(points, random));
      if (candidate.radius >= leastRadius && candidate.radius <= mostRadius) {
        int agreeing = candidate.count(xs, ys);
        if (agreeing > most) {
          most = agreeing;
          best = candidate;
        }
      }
    }
    return most < 3 ? Optional.empty() : Optional.of(leastSquares(best.on(points)));
  }

  // Squares instead of roots: this is asked of every second point in every round.
  private int count(double[] xs, double[] ys) {
    double tolerance = 1 + 0.01 * radius;
    double least = (radius - tolerance) * (radius - tolerance);
    double most = (radius + tolerance) * (radius + tolerance);
    int count = 0;
    for (int i = 0; i < xs.length; i += EVERY) {
      double square = (xs[i] - x) * (xs[i] - x) + (ys[i] - y) * (ys[i] - y);
      count += square >= least && square <= most ? 1 : 0;
    }
    return count;
  }

  /** The points that lie on this circle, within 1% of its radius and a pixel. */
  List<Point> on(List<Point> points) {
    double tolerance = 1 + 0.01 * radius;
    return points.stream()
        .filter(p -> Math.abs(Math.hypot(p.x - x, p.y - y) - radius) <= tolerance)
        .toList();
  }

  private static Point pick(List<Point> points, Random random) {
    return points.get(random.nextInt(points.size()));
  }

  private static Circle through(Point a, Point b, Point c) {
    return leastSquares(List.of(a, b, c));
  }

  /**
   * Kasa's fit: x^2 + y^2 = 2 a x + 2 b y + c is linear in a, b and c. Collinear points give a
   * radius that is not finite, which every comparison refuses.
   */
  private static Circle leastSquares(List<Point> points) {
    double meanX = 0;
    double meanY = 0;
    for (Point p : points) {
      meanX += p.x / points.size();
      meanY += p.y / points.size();
    }
    double uu = 0;
    double uv = 0;
    double vv = 0;
    double uz = 0;
    double vz = 0;
    for (Point p : points) {
      double u = p.x - meanX;
      double v = p.y - meanY;
      double z = (u * u + v * v) / 2;
      uu += u * u;
      uv += u * v;
      vv += v * v;
      uz += u * z;
      vz += v * z;
    }
    double determinant = uu * vv - uv * uv;
    double a = (uz * vv - vz * uv) / determinant;
    double b = (vz * uu - uz * uv) / determinant;
    double radius = Math.sqrt(a * a + b * b + (uu + vv) / points.size());
    return new Circle(meanX + a, meanY + b, radius);
  }
}
