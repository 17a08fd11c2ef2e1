package fovea.sfm;

import fovea.scene.Intrinsics;
import fovea.scene.Photo;
import fovea.scene.Pose;
import fovea.scene.View;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A ball on a floor, both with a texture that is a function of the point in space, photographed
 * from a ring of cameras: rays meet both in closed form, so that poses are exact and pictures
 * cheap.
 */
record TexturedBall(int photos, int width, int height, double focal) {
  private static final double AWAY = 4;
  private static final double FLOOR = 1; // y points down

  /** The views; their photographs are written into the folder. */
  List<View> write(Path folder) {
    Intrinsics lens =
        new Intrinsics(width, height, focal, focal, width / 2.0, height / 2.0, 0, 0, 0, 0);
    List<View> views = new ArrayList<>();
    for (int i = 0; i < photos; i++) {
      String name = "photo%03d.png".formatted(i);
      Photo photo = new Photo(name, folder.resolve(name), width, height);
      views.add(new View(photo, lens, pose(2 * Math.PI * i / photos, i % 2 == 0 ? -1.2 : -1.9)));
    }
    views.parallelStream().forEach(this::draw);
    return views;
  }

  // Looks at the middle of the ball.
  private static Pose pose(double turn, double high) {
    double[] centre = {AWAY * Math.sin(turn), high, -AWAY * Math.cos(turn)};
    double[] ahead = unit(-centre[0], -centre[1], -centre[2]);
    double[] right = unit(ahead[2], 0, -ahead[0]);
    double[] down = cross(ahead, right);
    double[] r = new double[9];
    double[] t = new double[3];
    double[][] axes = {right, down, ahead};
    for (int k = 0; k < 3; k++) {
      System.arraycopy(axes[k], 0, r, 3 * k, 3);
      t[k] = -(axes[k][0] * centre[0] + axes[k][1] * centre[1] + axes[k][2] * centre[2]);
    }
    return Pose.of(r, t);
  }

  private void draw(View view) {
    double[] r = view.pose().rotation();
    double[] centre = view.pose().centre();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    IntStream.range(0, height)
        .forEach(
            y -> {
              for (int x = 0; x < width; x++) {
                double a = (x + 0.5 - width / 2.0) / focal;
                double b = (y + 0.5 - height / 2.0) / focal;
                double[] ray =
                    unit(
                        r[0] * a + r[3] * b + r[6],
                        r[1] * a + r[4] * b + r[7],
                        r[2] * a + r[5] * b + r[8]);
                int grey = (int) Math.round(255 * shade(centre, ray));
                image.getRaster().setSample(x, y, 0, grey);
              }
            });
    try {
      ImageIO.write(image, "png", view.photo().file().toFile());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static double shade(double[] from, double[] ray) {
    double b = from[0] * ray[0] + from[1] * ray[1] + from[2] * ray[2];
    double c = from[0] * from[0] + from[1] * from[1] + from[2] * from[2] - 1;
    double root = b * b - c;
    double far = root > 0 ? -b - Math.sqrt(root) : (FLOOR - from[1]) / ray[1];
    if (far <= 0 || far > 3 * AWAY) {
      return 0;
    }
    return texture(from[0] + far * ray[0], from[1] + far * ray[1], from[2] + far * ray[2]);
  }

  private static double texture(double x, double y, double z) {
    double sum = 0;
    for (int octave = 0; octave < 3; octave++) {
      double scale = 6 << octave;
      sum += noise(scale * x + 17 * octave, scale * y, scale * z) / 3;
    }
    return Math.max(0, Math.min(1, 1.8 * (sum - 0.5) + 0.5));
  }

  // Perlin's (1985) value noise: smooth between the corners of a lattice.
  private static double noise(double x, double y, double z) {
    long i = (long) Math.floor(x);
    long j = (long) Math.floor(y);
    long k = (long) Math.floor(z);
    double u = smooth(x - i);
    double v = smooth(y - j);
    double w = smooth(z - k);
    double near =
        mix(mix(at(i, j, k), at(i + 1, j, k), u), mix(at(i, j + 1, k), at(i + 1, j + 1, k), u), v);
    double far =
        mix(
            mix(at(i, j, k + 1), at(i + 1, j, k + 1), u),
            mix(at(i, j + 1, k + 1), at(i + 1, j + 1, k + 1), u),
            v);
    return mix(near, far, w);
  }

  private static double at(long i, long j, long k) {
    long h = i * 0x9E3779B97F4A7C15L ^ j * 0xC2B2AE3D27D4EB4FL ^ k * 0x165667B19E3779F9L;
    h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    return (h >>> 11) * 0x1p-53;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }

  private static double[] unit(double x, double y, double z) {
    double length = Math.sqrt(x * x + y * y + z * z);
    return new double[] {x / length, y / length, z / length};
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }
}
