package fovea.synthetic;

import java.awt.image.BufferedImage;
import java.util.Optional;

/** Sphere-traces the bust: where a ray meets it, and how that point looks. */
final class RayCaster {
  private static final double[] KEY_LIGHT = Vec.unit(new double[] {0.55, 0.45, 0.75});
  private static final double[] FILL_LIGHT = Vec.unit(new double[] {-0.5, -0.7, 0.35});
  private static final double CLOSE = 0.0006;
  private static final int MISS = -1;

  private final Bust bust;
  private final Noise backdrop;
  private final boolean studio;

  RayCaster(SceneSettings settings) {
    this.bust = new Bust(settings.seed());
    this.backdrop = new Noise(settings.seed() + 1);
    this.studio = settings.backdrop().equals("studio");
  }

  /** The nearest point of the surface on a ray, or empty. */
  Optional<double[]> hit(double[] from, double[] direction) {
    double t = trace(from, direction);
    return t < 0 ? Optional.empty() : Optional.of(Vec.along(from, direction, t));
  }

  /** A photograph: one ray a pixel, four where neighbours differ. */
  BufferedImage photograph(SceneCamera camera) {
    int width = camera.width();
    int height = camera.height();
    int[] first = new int[width * height];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        first[row * width + column] = sample(camera, column + 0.5, row + 0.5);
      }
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        boolean even = even(first, width, height, row, column);
        int rgb = even ? first[row * width + column] : four(camera, row, column);
        image.setRGB(column, row, rgb);
      }
    }
    return image;
  }

  /** The lit colour of a point of the surface, 0xRRGGBB. */
  int look(double[] point) {
    double[] normal = normal(point);
    double[] colour = bust.colour(point[0], point[1], point[2]);
    double key = Math.max(0, Vec.dot(normal, KEY_LIGHT));
    double fill = Math.max(0, Vec.dot(normal, FILL_LIGHT));
    double open = Math.min(1, 0.35 + 0.65 * around(point, normal) / 0.12);
    double sky = 0.5 + 0.5 * normal[2];
    double light = open * (0.34 + 0.16 * sky + 0.30 * fill) + 0.62 * key * (0.4 + 0.6 * open);
    return rgb(colour[0] * light, colour[1] * light, colour[2] * light * 0.98);
  }

  private int sample(SceneCamera camera, double x, double y) {
    double[] direction = camera.ray(x, y);
    double[] from = camera.position();
    double t = trace(from, direction);
    return t < 0 ? behind(direction) : look(Vec.along(from, direction, t));
  }

  private int four(SceneCamera camera, int row, int column) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = 0; i < 4; i++) {
      int rgb = sample(camera, column + 0.25 + 0.5 * (i & 1), row + 0.25 + 0.5 * (i >> 1));
      red += rgb >> 16 & 255;
      green += rgb >> 8 & 255;
      blue += rgb & 255;
    }
    return red / 4 << 16 | green / 4 << 8 | blue / 4;
  }

  /** Distance along the ray, or {@link #MISS}. */
  private double trace(double[] from, double[] direction) {
    double middle = -Vec.dot(from, direction);
    double aside = Vec.dot(from, from) - middle * middle;
    double half = Bust.REACH * Bust.REACH - aside;
    if (half <= 0) {
      return MISS;
    }
    double t = middle - Math.sqrt(half);
    double end = middle + Math.sqrt(half);
    for (int step = 0; step < 160 && t < end; step++) {
      double distance =
          bust.distance(
              from[0] + t * direction[0], from[1] + t * direction[1], from[2] + t * direction[2]);
      if (distance < CLOSE) {
        return t;
      }
      t += distance;
    }
    return MISS;
  }

  /** The gradient of the distance, from four points of a tetrahedron. */
  private double[] normal(double[] p) {
    double e = 0.0012;
    double a = bust.distance(p[0] + e, p[1] - e, p[2] - e);
    double b = bust.distance(p[0] - e, p[1] - e, p[2] + e);
    double c = bust.distance(p[0] - e, p[1] + e, p[2] - e);
    double d = bust.distance(p[0] + e, p[1] + e, p[2] + e);
    return Vec.unit(new double[] {a - b - c + d, -a - b + c + d, -a + b - c + d + 1e-12});
  }

  /** How far the nearest surface is from a point a little before this one. */
  private double around(double[] p, double[] n) {
    return bust.distance(p[0] + 0.15 * n[0], p[1] + 0.15 * n[1], p[2] + 0.15 * n[2]);
  }

  private int behind(double[] direction) {
    if (!studio) {
      return 0;
    }
    double cloud = backdrop.fractal(3 * direction[0], 3 * direction[1], 3 * direction[2], 3);
    double grey = 0.42 + 0.2 * direction[2] + 0.22 * cloud;
    return rgb(grey, grey * 1.02, grey * 1.06);
  }

  private static boolean even(int[] pixels, int width, int height, int row, int column) {
    int here = pixels[row * width + column];
    int right = pixels[row * width + Math.min(width - 1, column + 1)];
    int left = pixels[row * width + Math.max(0, column - 1)];
    int down = pixels[Math.min(height - 1, row + 1) * width + column];
    int up = pixels[Math.max(0, row - 1) * width + column];
    return alike(here, right) && alike(here, left) && alike(here, down) && alike(here, up);
  }

  private static boolean alike(int a, int b) {
    return Math.abs((a >> 16 & 255) - (b >> 16 & 255)) < 34
        && Math.abs((a >> 8 & 255) - (b >> 8 & 255)) < 34
        && Math.abs((a & 255) - (b & 255)) < 34;
  }

  private static int rgb(double red, double green, double blue) {
    return level(red) << 16 | level(green) << 8 | level(blue);
  }

  private static int level(double value) {
    return (int) Math.max(1, Math.min(255, 255 * value + 0.5));
  }
}
