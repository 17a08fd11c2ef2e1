package fovea.synthetic;

import java.awt.image.BufferedImage;
import java.util.Random;

/** Takes the photograph: what light, media, lens, aperture and sensor do to a painted retina. */
final class Exposure {
  private final FundusSettings settings;
  private final CameraStyle camera;
  private final Frame frame;
  private final Noise noise;
  private final double glowTurn;
  private final double lidTurn;

  Exposure(FundusSettings settings, Frame frame) {
    this.settings = settings;
    this.camera = settings.camera();
    this.frame = frame;
    Random random = Seeds.stream(settings.seed(), "exposure");
    this.noise = new Noise(random.nextLong());
    this.glowTurn = Seeds.between(random, 0, 2 * Math.PI);
    // Lids come from above and below.
    this.lidTurn =
        (random.nextBoolean() ? 1 : -1) * Math.PI / 2 + Seeds.between(random, -0.45, 0.45);
  }

  BufferedImage take(Planes planes) {
    Defect defect = settings.defect();
    double scale = settings.size() / 512.0;
    planes.blur(scale * camera.softness);
    planes.blur(scale * 9 * defect.strengthOf(Defect.Kind.BLUR));
    planes.blur(scale * 2.2 * defect.strengthOf(Defect.Kind.HAZE));
    BufferedImage image = new BufferedImage(frame.size(), frame.size(), BufferedImage.TYPE_INT_RGB);
    int[] line = new int[frame.size()];
    double[] colour = new double[3];
    for (int row = 0; row < frame.size(); row++) {
      for (int column = 0; column < frame.size(); column++) {
        expose(planes, row, column, colour);
        line[column] = quantised(colour, row, column);
      }
      image.getRaster().setDataElements(0, row, frame.size(), 1, line);
    }
    return image;
  }

  private void expose(Planes planes, int row, int column, double[] colour) {
    // Camera coordinates: not mirrored for right eyes.
    double x = (column + 0.5 - frame.centre()) / frame.radius();
    double y = frame.v(row);
    double open = aperture(x, y);
    if (open == 0) {
      colour[0] = 0.008;
      colour[1] = 0.005;
      colour[2] = 0.005;
      return;
    }
    int pixel = row * frame.size() + column;
    colour[0] = planes.red()[pixel] * camera.red;
    colour[1] = planes.green()[pixel] * camera.green;
    colour[2] = planes.blue()[pixel] * camera.blue;
    double r2 = x * x + y * y;
    double light = 1 - camera.falloff * r2 * (0.45 + 0.55 * r2);
    scale(colour, light);
    glow(colour, x, y, r2);
    haze(colour, x, y, r2);
    lid(colour, x, y);
    darken(colour, x, y);
    scale(colour, open);
  }

  /** Share of a pixel inside the field: a disc, cut above and below, and a notch. */
  private double aperture(double x, double y) {
    double soft = frame.radius();
    double round = (1 - Math.sqrt(x * x + y * y)) * soft;
    double cut = (camera.cut - Math.abs(y)) * soft;
    double open = Math.max(0, Math.min(1, 0.5 + Math.min(round, cut)));
    if (camera == CameraStyle.TABLE && open < 1) {
      double along = (x - y) * Math.sqrt(0.5);
      double across = (x + y) * Math.sqrt(0.5);
      boolean notch = along > 0.9 && along < 1.035 && Math.abs(across) < 0.045;
      open = notch ? 1 : open;
    }
    return open;
  }

  private void glow(double[] colour, double x, double y, double r2) {
    if (camera.glow == 0) {
      return;
    }
    double side = x * Math.cos(glowTurn) + y * Math.sin(glowTurn);
    double rim = Shades.step(0.55, 1.05, Math.sqrt(r2)) * (0.55 + 0.45 * side);
    double amount = camera.glow * rim;
    colour[0] += 0.62 * amount;
    colour[1] += 0.78 * amount;
    colour[2] += 0.52 * amount;
  }

  private void haze(double[] colour, double x, double y, double r2) {
    double strength = settings.defect().strengthOf(Defect.Kind.HAZE);
    if (strength == 0) {
      return;
    }
    double cloud = 0.78 + 0.10 * r2 + 0.30 * noise.fractal(1.4 * x, 1.4 * y, 3);
    double veil = Math.min(0.95, 0.86 * strength * cloud);
    double mean = (colour[0] + colour[1] + colour[2]) / 3;
    double[] white = {0.62, 0.57, 0.49};
    for (int c = 0; c < 3; c++) {
      double washed = Shades.mix(colour[c], mean, 0.35 * strength);
      colour[c] = Shades.mix(washed, white[c], veil);
    }
  }

  /** A lid: beyond a curved line, out-of-focus pinkish skin, and a shadow before it. */
  private void lid(double[] colour, double x, double y) {
    double strength = settings.defect().strengthOf(Defect.Kind.OCCLUSION);
    if (strength == 0) {
      return;
    }
    double into = x * Math.cos(lidTurn) + y * Math.sin(lidTurn);
    double along = y * Math.cos(lidTurn) - x * Math.sin(lidTurn);
    double line = 1.02 - 1.05 * strength + 0.22 * along * along + 0.05 * noise.at(3 * along, 7);
    double covered = Shades.step(line - 0.05, line + 0.07, into);
    double shadow = 1 - 0.55 * Shades.step(line - 0.45, line + 0.02, into);
    double lash = noise.at(26 * along, 1.5 * into);
    double dark = 0.5 * Shades.step(0.45, 0.75, lash) * Shades.step(line - 0.22, line, into);
    double skin = 0.52 + 0.30 * (into - line) + 0.06 * noise.fractal(4 * x, 4 * y, 2);
    double[] flesh = {1.0, 0.76, 0.66};
    for (int c = 0; c < 3; c++) {
      double under = colour[c] * shadow * (1 - dark);
      colour[c] = Shades.mix(under, skin * flesh[c], covered);
    }
  }

  private void darken(double[] colour, double x, double y) {
    double strength = settings.defect().strengthOf(Defect.Kind.DARK);
    if (strength > 0) {
      double uneven = 1 + 0.35 * (x * Math.cos(glowTurn) + y * Math.sin(glowTurn));
      scale(colour, Math.max(0.02, 1 - 0.88 * strength * uneven));
    }
  }

  private int quantised(double[] colour, int row, int column) {
    int rgb = 0;
    int bits = noise.bits(column, row, 0);
    for (int c = 0; c < 3; c++) {
      double clean = shoulder(colour[c]);
      // Two five-bit numbers added: roughly bell-shaped, -1 to 1.
      double grain = ((bits & 31) + (bits >>> 5 & 31)) / 31.0 - 1;
      bits >>>= 10;
      double value = clean + 1.6 * camera.grain * grain * (0.3 + clean);
      int level = (int) Math.max(0, Math.min(255, value * 255 + 0.5));
      rgb = rgb << 8 | level;
    }
    return rgb;
  }

  /** Highlights roll off instead of clipping. */
  private static double shoulder(double value) {
    double over = (value - 0.8) / 0.2;
    return over < 0 ? value : 0.8 + 0.2 * over / Math.sqrt(1 + over * over);
  }

  private static void scale(double[] colour, double by) {
    colour[0] *= by;
    colour[1] *= by;
    colour[2] *= by;
  }
}
