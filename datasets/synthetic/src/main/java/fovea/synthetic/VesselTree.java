package fovea.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Grows the retinal vessels: an artery and a vein along each temporal arcade (an ellipse round the
 * fovea), one of each to the nasal quadrants, small ones towards the macula. Where a vessel forks,
 * the cubes of the widths add up (Murray's law).
 */
final class VesselTree {
  private static final double STEP = 0.012;
  private static final double THINNEST = 0.0032;
  private static final double AVASCULAR = 0.11;
  private static final int DEEPEST = 3;

  private final Anatomy eye;
  private final Random random;
  private final boolean beaded;
  private final List<Vessel> vessels = new ArrayList<>();

  private VesselTree(Anatomy eye, Random random, boolean beaded) {
    this.eye = eye;
    this.random = random;
    this.beaded = beaded;
  }

  /** All vessels of an eye. */
  static List<Vessel> grow(Anatomy eye, Random random, boolean beaded) {
    VesselTree tree = new VesselTree(eye, random, beaded);
    tree.trunks();
    return tree.vessels;
  }

  private void trunks() {
    for (int down = -1; down <= 1; down += 2) {
      double height = Seeds.between(random, 0.50, 0.68);
      for (boolean vein : new boolean[] {true, false}) {
        double arc = height + (vein ? 0.06 : -0.05) + Seeds.between(random, -0.03, 0.03);
        double width = (vein ? 0.029 : 0.022) * Seeds.between(random, 0.9, 1.1);
        grow(start(down, vein), arcade(down, arc), width, 0, vein);
        double nasal = down * Seeds.between(random, 0.55, 1.0);
        grow(start(down, vein), straight(Math.PI - nasal), width * 0.62, 1, vein);
      }
      grow(start(down, true), straight(Math.PI - down * 0.2 * random.nextDouble()), 0.009, 2, true);
      macular(down);
    }
  }

  /** Small vessels that leave the disc's temporal side for the macula. */
  private void macular(int down) {
    int count = Seeds.count(random, 1, 3);
    for (int i = 0; i < count; i++) {
      double arc = Seeds.between(random, 0.12, 0.38);
      double width = Seeds.between(random, 0.005, 0.008);
      grow(start(down, i % 2 == 0), arcade(down, arc), width, 3, i % 2 == 0);
    }
  }

  private double[] start(int down, boolean vein) {
    double r = eye.discRadius();
    double aside = (vein ? 0.10 : -0.10) + Seeds.between(random, -0.2, 0.2);
    return new double[] {
      eye.discU() - 0.15 * r + aside * r,
      eye.discV() + down * Seeds.between(random, 0.02, 0.25) * r,
      down * Math.PI / 2 + Seeds.between(random, -0.4, 0.4)
    };
  }

  /** The heading a vessel is drawn to at a point. */
  private interface Guide {
    double heading(double u, double v, double now);
  }

  private Guide straight(double heading) {
    return (u, v, now) -> heading;
  }

  private Guide arcade(int down, double height) {
    double centreU = eye.foveaU() + 0.05;
    double reach = centreU - eye.discU();
    return (u, v, now) -> {
      double along = u - centreU;
      double width = along < 0 ? reach : 2.6 * reach;
      double x = along / width;
      double y = (v - eye.foveaV()) / height;
      double level = Math.hypot(x, y);
      double normalU = x / width;
      double normalV = y / height;
      double length = Math.hypot(normalU, normalV) + 1e-9;
      normalU /= length;
      normalV /= length;
      double back = 1.6 * (1 - level);
      double tangentU = -down * normalV;
      double tangentV = down * normalU;
      // The tangent that leads away from the disc on this side.
      int forward = tangentU * 1 + tangentV * 0.0001 >= 0 ? 1 : -1;
      if (along < -0.9 * reach) {
        forward = tangentV * down >= 0 ? 1 : -1;
      }
      return Math.atan2(forward * tangentV + back * normalV, forward * tangentU + back * normalU);
    };
  }

  private Guide towardsFovea(double astray) {
    return (u, v, now) -> Math.atan2(eye.foveaV() - v, eye.foveaU() - u) + astray;
  }

  private Guide keep(double heading) {
    return straight(heading);
  }

  private void grow(double[] from, Guide guide, double width, int depth, boolean vein) {
    double u = from[0];
    double v = from[1];
    double heading = from[2];
    double bend = 0;
    double toFork = forkDistance(depth) + (depth == 0 ? 0.2 : 0);
    double phase = 6 * random.nextDouble();
    double travelled = 0;
    double avascular = AVASCULAR + (depth > 1 ? 0.28 * Math.pow(random.nextDouble(), 2) : 0.1);
    List<double[]> points = new ArrayList<>();
    while (width > THINNEST && Math.hypot(u, v) < 1.06 && travelled < 2.6) {
      points.add(new double[] {u, v, width * beading(vein, width, travelled + phase)});
      double outward = angle(guide.heading(u, v, heading) - heading);
      bend += -0.16 * bend + (depth == 0 ? 1.5 : 2.6) * random.nextGaussian();
      double pull = depth == 0 ? 5 : 3.5;
      heading += (pull * outward + bend) * STEP;
      u += STEP * Math.cos(heading);
      v += STEP * Math.sin(heading);
      travelled += STEP;
      width *= 1 - (depth < 2 ? 0.10 : 0.5) * STEP;
      toFork -= STEP;
      if (eye.toFovea(u, v) < avascular) {
        break;
      }
      if (toFork < 0 && depth < DEEPEST && eye.toDisc(u, v) > 1.2 * eye.discRadius()) {
        double share = Seeds.between(random, 0.35, depth == 0 ? 0.66 : 0.8);
        int side = random.nextBoolean() ? 1 : -1;
        branch(u, v, heading, side, width * share, depth, vein);
        width = Math.cbrt(width * width * width * (1 - share * share * share));
        heading -= side * 0.18 * share;
        toFork = forkDistance(depth);
      }
    }
    if (points.size() > 2) {
      vessels.add(vessel(points, vein));
    }
  }

  private void branch(
      double u, double v, double heading, int side, double width, int depth, boolean vein) {
    double leaving = heading + side * Seeds.between(random, 0.6, 1.15);
    double fovea = Math.atan2(eye.foveaV() - v, eye.foveaU() - u);
    boolean inward = Math.cos(leaving - fovea) > 0.25 && eye.toFovea(u, v) < 0.9;
    Guide guide =
        inward
            ? towardsFovea(Seeds.between(random, -0.45, 0.45))
            : keep(leaving - side * Seeds.between(random, 0, 0.5));
    double fitting = inward ? Math.min(width, Seeds.between(random, 0.006, 0.011)) : width;
    int next = fitting < 0.009 ? Math.max(depth + 1, 2) : depth + 1;
    grow(new double[] {u, v, leaving}, guide, fitting, next, vein);
  }

  private double forkDistance(int depth) {
    return depth == 0 ? Seeds.between(random, 0.11, 0.27) : Seeds.between(random, 0.14, 0.4);
  }

  private double beading(boolean vein, double width, double where) {
    if (!beaded || !vein || width < 0.010) {
      return 1;
    }
    double stretch = Math.max(0, Math.sin(where * 9));
    return 1 + 0.34 * stretch * Math.sin(where * 88 + 2 * Math.sin(where * 31));
  }

  static Vessel vessel(List<double[]> points, boolean vein) {
    return new Vessel(
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray(),
        points.stream().mapToDouble(p -> p[2]).toArray(),
        vein);
  }

  private static double angle(double radians) {
    return Math.IEEEremainder(radians, 2 * Math.PI);
  }
}
