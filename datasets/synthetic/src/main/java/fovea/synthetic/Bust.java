package fovea.synthetic;

import java.util.Random;

/**
 * The solid: a head with nose, brow, eyes, ears and chin on a neck, on a round plinth; it faces +x,
 * z is up, and its centre is the origin. A signed distance field of ellipsoids joined smoothly,
 * roughened by noise; and the colour of its surface.
 */
final class Bust {
  /** Everything lies within this distance of the origin. */
  static final double REACH = 1.38;

  /** The plinth's upper face. */
  static final double PLINTH_TOP = -0.86;

  private static final double PLINTH_RADIUS = 0.92;
  private static final double PLINTH_HALF = 0.07;

  private final Noise noise;
  private final double nose;
  private final double jaw;
  private final double[] skin;
  private final double[] hair;
  private final double[] iris;

  Bust(long seed) {
    Random random = Seeds.stream(seed, "bust");
    this.noise = new Noise(random.nextLong());
    this.nose = Seeds.between(random, 0.8, 1.2);
    this.jaw = Seeds.between(random, 0.9, 1.15);
    double tone = Seeds.between(random, 0.55, 1.0);
    this.skin = new double[] {0.86 * tone, 0.62 * tone, 0.48 * tone};
    this.hair = new double[] {0.20 + 0.16 * random.nextDouble(), 0.13, 0.09};
    this.iris = new double[] {0.16, 0.28 + 0.2 * random.nextDouble(), 0.42};
  }

  /** Signed distance to the surface, never more than the true one (Lipschitz 1 after scaling). */
  double distance(double x, double y, double z) {
    double plinth = plinth(x, y, z);
    double rough = ellipsoid(x, y, z + 0.05, 0.92, 0.92, 1.15);
    if (rough > 0.12) {
      return Math.min(plinth, rough);
    }
    double lateral = Math.abs(y);
    double solid = ellipsoid(x, y, z - 0.27, 0.56, 0.45, 0.60);
    solid = join(solid, ellipsoid(x - 0.26, y, z + 0.12, 0.30, 0.30 * jaw, 0.32), 0.12);
    solid = join(solid, ellipsoid(x - 0.47, y, z + 0.30, 0.12, 0.14 * jaw, 0.09), 0.10);
    solid = join(solid, ellipsoid(x - 0.50, y, z - 0.39, 0.07, 0.27, 0.05), 0.08);
    solid = carve(solid, ellipsoid(x - 0.60, lateral - 0.185, z - 0.27, 0.12, 0.11, 0.075), 0.07);
    solid = join(solid, ellipsoid(x - 0.60, y, z - 0.14, 0.12 * nose, 0.06, 0.15), 0.06);
    solid = join(solid, ellipsoid(x - 0.635, y, z - 0.055, 0.09 * nose, 0.085, 0.055), 0.04);
    solid = join(solid, ellipsoid(x - 0.545, y, z + 0.115, 0.05, 0.13, 0.035), 0.03);
    solid = join(solid, ellipsoid(x + 0.02, lateral - 0.455, z - 0.20, 0.11, 0.05, 0.16), 0.03);
    solid = join(solid, ellipsoid(x + 0.10, y, z - 0.36, 0.56, 0.48, 0.56), 0.03);
    solid = join(solid, ellipsoid(x + 0.06, y, z + 0.52, 0.25, 0.24, 0.55), 0.10);
    solid = join(solid, ellipsoid(x + 0.06, y, z + 0.86, 0.40, 0.60, 0.25), 0.16);
    if (solid > 0.06) {
      return 0.8 * Math.min(plinth, solid - 0.03);
    }
    solid -= 0.016 * noise.at(5 * x, 5 * y, 5 * z) + 0.007 * noise.at(14 * x, 14 * y, 14 * z);
    double eyes = eyes(x, y, z);
    return 0.8 * Math.min(plinth, Math.min(solid, eyes));
  }

  /** Colour of the surface at a point, before light; 0 to 1. */
  double[] colour(double x, double y, double z) {
    if (eyes(x, y, z) < 0.004) {
      return eye(x, y, z);
    }
    if (plinth(x, y, z) < 0.006) {
      return stone(x, y, z);
    }
    double blotch = noise.fractal(4 * x + 3, 4 * y, 4 * z, 3);
    double fine = noise.fractal(17 * x, 17 * y, 17 * z, 3);
    if (z < -0.58 + 0.06 * blotch) {
      return cloth(x, y, z, fine);
    }
    if (x < 0.62 * (z - 0.02) - 0.08 + 0.05 * blotch && z > -0.28 + 0.1 * blotch) {
      double strand = noise.at(10 * x, 10 * y + 26 * Math.atan2(y, x + 0.1), 7 * z);
      return tint(hair, 1.25 + 0.85 * strand + 0.9 * fine);
    }
    double freckle = noise.at(38 * x, 38 * y, 38 * z) > 0.62 ? 0.72 : 1;
    double[] face = tint(skin, (0.98 + 0.35 * blotch + 0.34 * fine) * freckle);
    double lips = Shades.step(1.15, 0.85, lips(x, y, z));
    double flush = Shades.step(0.24, 0.02, Shades.length(Math.abs(y) - 0.27, z - 0.03));
    face[1] *= 1 - 0.42 * lips - 0.14 * flush;
    face[2] *= 1 - 0.35 * lips - 0.10 * flush;
    double brow =
        Shades.step(1.2, 0.8, Shades.length((Math.abs(y) - 0.19) / 0.11, (z - 0.40) / 0.03));
    return tint(face, x > 0.3 ? 1 - 0.6 * brow : 1);
  }

  private double plinth(double x, double y, double z) {
    double out = Math.sqrt(x * x + y * y) - PLINTH_RADIUS + 0.02;
    double up = Math.abs(z - (PLINTH_TOP - PLINTH_HALF)) - PLINTH_HALF + 0.02;
    double outside = Shades.length(Math.max(out, 0), Math.max(up, 0));
    return outside + Math.min(0, Math.max(out, up)) - 0.02;
  }

  private static double eyes(double x, double y, double z) {
    double dx = x - 0.445;
    double dy = Math.abs(y) - 0.18;
    double dz = z - 0.265;
    return Math.sqrt(dx * dx + dy * dy + dz * dz) - 0.075;
  }

  private static double lips(double x, double y, double z) {
    return x < 0.4 ? 9 : Shades.length(y / 0.13, (z + 0.115) / 0.035);
  }

  private double[] eye(double x, double y, double z) {
    double r = Shades.length(Math.abs(y) - 0.18, z - 0.265);
    if (r < 0.017) {
      return new double[] {0.03, 0.03, 0.03};
    }
    return r < 0.037
        ? tint(iris, 1 + 0.5 * noise.at(40 * x, 60 * y, 60 * z))
        : new double[] {0.88, 0.86, 0.83};
  }

  private double[] cloth(double x, double y, double z, double fine) {
    double weave = Math.sin(34 * z + 5 * noise.at(3 * x, 3 * y)) > 0.1 ? 1 : 0.55;
    double dots = noise.at(16 * x, 16 * y, 16 * z) > 0.35 ? 1.6 : 1;
    return tint(new double[] {0.20, 0.33, 0.46}, weave * dots * (1 + 0.6 * fine));
  }

  private double[] stone(double x, double y, double z) {
    double r = Shades.length(x, y);
    double grain = noise.fractal(9 * x, 9 * y, 9 * z, 4);
    double vein = Math.abs(noise.fractal(3 * x + 50, 3 * y, 3 * z, 3)) < 0.035 ? 0.55 : 1;
    int sector = (int) Math.floor(Math.atan2(y, x) * 12 / Math.PI);
    boolean inlay = r > 0.70 && r < 0.84 && (sector & 1) == 0;
    double[] base = inlay ? new double[] {0.55, 0.30, 0.22} : new double[] {0.66, 0.62, 0.54};
    return tint(base, vein * (1 + 0.55 * grain));
  }

  private static double[] tint(double[] colour, double by) {
    return new double[] {colour[0] * by, colour[1] * by, colour[2] * by};
  }

  /** A lower bound of the distance to an ellipsoid (Quilez). */
  private static double ellipsoid(double x, double y, double z, double rx, double ry, double rz) {
    double ax = x / rx;
    double ay = y / ry;
    double az = z / rz;
    double k0 = Math.sqrt(ax * ax + ay * ay + az * az);
    double bx = ax / rx;
    double by = ay / ry;
    double bz = az / rz;
    double k1 = Math.sqrt(bx * bx + by * by + bz * bz);
    return k1 < 1e-9 ? -Math.min(rx, Math.min(ry, rz)) : k0 * (k0 - 1) / k1;
  }

  /** Union with a fillet (polynomial smooth minimum). */
  private static double join(double a, double b, double fillet) {
    double h = Math.max(fillet - Math.abs(a - b), 0) / fillet;
    return Math.min(a, b) - h * h * fillet / 4;
  }

  private static double carve(double a, double b, double fillet) {
    return -join(-a, b, fillet);
  }
}
