package fovea.synthetic;

import java.util.List;
import java.util.Random;

/**
 * Paints a retina as it would look through a perfect camera: the colour of the fundus, the disc,
 * pale lesions, and over them blood, which takes away much green, some blue and little red
 * (Beer-Lambert).
 */
final class Retina {
  private static final double[] LIGHT = {0.93, 0.47, 0.305};
  private static final double[] DARK = {0.60, 0.345, 0.205};
  private static final double[] RIM = {1.13, 0.80, 0.50};
  private static final double[] CUP = {1.25, 1.08, 0.80};
  private static final double[] EXUDATE = {0.99, 0.86, 0.50};
  private static final double[] COTTON = {0.98, 0.88, 0.74};

  /** Radius of what is painted: a little more than is seen, for blur at the rim. */
  private static final double PAINTED = 1.06;

  private final FundusSettings settings;
  private final Anatomy eye;
  private final Frame frame;
  private final VesselMap veins;
  private final VesselMap arteries;
  private final SpotMap red;
  private final SpotMap exudates;
  private final SpotMap cotton;
  private final SpotMap boats;
  private final Texture mottle;
  private final Texture choroid;
  private final Texture fibres;
  private final double[] base = new double[3];
  private final double cupU;
  private final double cupV;
  private final double tessellation;
  private final double maculaDepth;
  private final double lightU;
  private final double lightV;

  Retina(FundusSettings settings, Anatomy eye, Frame frame, List<Vessel> vessels, Lesions lesions) {
    this.settings = settings;
    this.eye = eye;
    this.frame = frame;
    this.veins = new VesselMap(frame, vessels, true);
    this.arteries = new VesselMap(frame, vessels, false);
    this.red = new SpotMap(frame, lesions.spots, Spot.Kind.RED);
    this.boats = new SpotMap(frame, lesions.spots, Spot.Kind.BOAT);
    this.exudates = new SpotMap(frame, lesions.spots, Spot.Kind.EXUDATE);
    this.cotton = new SpotMap(frame, lesions.spots, Spot.Kind.COTTON);
    Random random = Seeds.stream(settings.seed(), "retina");
    Noise noise = new Noise(random.nextLong());
    int grid = Math.min(192, Math.max(48, settings.size() / 3));
    this.mottle = new Texture(grid, (u, v) -> noise.fractal(3 * u + 11, 3 * v, 4));
    this.choroid = new Texture(grid, (u, v) -> choroid(noise, u, v));
    this.fibres = new Texture(grid, (u, v) -> fibres(noise, u, v));
    double shade = Seeds.between(random, 0.93, 1.05);
    double hue = Seeds.between(random, -0.05, 0.05);
    double pigment = settings.pigment();
    base[0] = shade * Shades.mix(LIGHT[0], DARK[0], pigment);
    base[1] = shade * (1 + hue) * Shades.mix(LIGHT[1], DARK[1], pigment);
    base[2] = shade * (1 + 1.5 * hue) * Shades.mix(LIGHT[2], DARK[2], pigment);
    this.cupU = eye.discU() + Seeds.between(random, -0.05, 0.15) * eye.discRadius();
    this.cupV = eye.discV() + Seeds.between(random, -0.1, 0.1) * eye.discRadius();
    this.tessellation = Math.pow(random.nextDouble(), 1.7) * (0.35 + 0.65 * pigment);
    this.maculaDepth = Seeds.between(random, 0.75, 1.2);
    this.lightU = Seeds.between(random, -0.2, 0.2);
    this.lightV = Seeds.between(random, -0.2, 0.2);
  }

  Planes paint() {
    Planes planes = Planes.of(frame.size());
    double[] colour = new double[3];
    for (int row = 0; row < frame.size(); row++) {
      double v = frame.v(row);
      for (int column = 0; column < frame.size(); column++) {
        double u = frame.u(column);
        if (u * u + v * v > PAINTED * PAINTED) {
          continue;
        }
        int pixel = row * frame.size() + column;
        fundus(u, v, colour);
        disc(u, v, colour);
        blend(colour, EXUDATE, exudates.at(pixel));
        blood(pixel, colour);
        blend(colour, COTTON, cotton.at(pixel));
        double boat = boats.at(pixel);
        absorb(colour, boat * 0.42, boat * 1.7, boat * 1.3);
        planes.set(pixel, colour[0], colour[1], colour[2]);
      }
    }
    return planes;
  }

  /** Share of the field's pixels that vessels cover. */
  double vesselDensity() {
    int field = 0;
    int covered = 0;
    for (int row = 0; row < frame.size(); row++) {
      for (int column = 0; column < frame.size(); column++) {
        if (Shades.length(frame.u(column), frame.v(row)) < 1) {
          field++;
          int pixel = row * frame.size() + column;
          covered += veins.inside(pixel) || arteries.inside(pixel) ? 1 : 0;
        }
      }
    }
    return field == 0 ? 0 : (double) covered / field;
  }

  private void fundus(double u, double v, double[] colour) {
    double toDisc = eye.toDisc(u, v);
    double toFovea = eye.toFovea(u, v);
    double off = (u - lightU) * (u - lightU) + (v - lightV) * (v - lightV);
    double light = 1.06 - 0.16 * off + 0.10 * Shades.bell(toDisc, 0.42);
    double patchy = mottle.at(u, v);
    double outside = Shades.step(0.18, 0.75, toFovea);
    double stripes = tessellation * outside * choroid.at(u, v);
    double fibre = fibres.at(u, v) * Shades.bell(toDisc - 0.32, 0.34);
    double macula =
        maculaDepth * (0.30 * Shades.bell(toFovea, 0.21) + 0.30 * Shades.bell(toFovea, 0.085));
    double dim = light * (1 + 0.11 * patchy);
    colour[0] = base[0] * dim * (1 + 0.10 * stripes + 0.015 * fibre) * (1 - 0.42 * macula);
    colour[1] = base[1] * dim * (1 + 0.04 * patchy + 0.24 * stripes + 0.035 * fibre) * (1 - macula);
    colour[2] =
        base[2] * dim * (1 - 0.10 * patchy + 0.20 * stripes + 0.045 * fibre) * (1 - 0.95 * macula);
    // The tiny reflex of the foveal pit.
    double reflex = 0.045 * Shades.bell(toFovea - 0.012, 0.012);
    colour[0] += reflex;
    colour[1] += reflex;
    colour[2] += 0.7 * reflex;
  }

  private void disc(double u, double v, double[] colour) {
    double du = (u - eye.discU()) / (0.95 * eye.discRadius());
    double dv = (v - eye.discV()) / (1.05 * eye.discRadius());
    double e = Math.sqrt(du * du + dv * dv);
    if (e > 1.7) {
      return;
    }
    double wavy = e + 0.05 * mottle.at(3 * (u - eye.discU()), 3 * (v - eye.discV()));
    // A pale ring round the disc, then a thin darker edge, as the pigment layer ends there.
    double halo = 0.16 * Shades.bell(wavy - 1.05, 0.28);
    blend(colour, RIM, halo);
    double edge = 0.06 * Shades.bell(wavy - 1.06, 0.06);
    absorb(colour, edge, edge, edge);
    double rim = Shades.step(1.07, 0.90, wavy);
    double pinker = 0.10 * Shades.step(0.3, -0.9, du);
    double glow = 0.94 + 0.10 * mottle.at(2 * u, 2 * v);
    double cup = cupAmount(u, v);
    for (int c = 0; c < 3; c++) {
      double tissue = RIM[c] * (c == 0 ? 1 : 1 - pinker) * glow;
      double filled = Shades.mix(tissue, CUP[c] * (0.5 + 0.5 * glow), cup);
      double pigment = 1 - (c == 0 ? 0.02 : 0.07) * settings.pigment();
      colour[c] = Shades.mix(colour[c], filled * pigment, 0.95 * rim);
    }
  }

  private double cupAmount(double u, double v) {
    double cu = (u - cupU) / (0.93 * eye.discRadius() * settings.cupToDisc());
    double cv = (v - cupV) / (1.05 * eye.discRadius() * settings.cupToDisc());
    return Shades.step(1.22, 0.78, Math.sqrt(cu * cu + cv * cv));
  }

  private void blood(int pixel, double[] colour) {
    double vein = veins.blood(pixel, 0.22);
    double artery = arteries.blood(pixel, 0.46);
    double lesion = red.at(pixel);
    if (vein + artery + lesion == 0) {
      return;
    }
    absorb(
        colour,
        0.30 * vein + 0.15 * artery + 0.42 * lesion,
        0.80 * vein + 0.58 * artery + 1.10 * lesion,
        0.66 * vein + 0.50 * artery + 0.85 * lesion);
  }

  /** Stripes of the larger choroidal vessels: bright ridges between pigment, warped. */
  private static double choroid(Noise noise, double u, double v) {
    double warpU = u + 0.16 * noise.at(3.1 * u + 40, 3.1 * v);
    double warpV = v + 0.16 * noise.at(3.1 * u, 3.1 * v + 40);
    double wide = 1 - 2.4 * Math.abs(noise.at(7.5 * warpU + 5, 7.5 * warpV + 90));
    double fine = 1 - 2.4 * Math.abs(noise.at(14 * warpU - 30, 14 * warpV + 7));
    return 0.65 * wide + 0.35 * fine;
  }

  /** Streaks of the nerve fibre layer, running out from the disc. */
  private double fibres(Noise noise, double u, double v) {
    double turn = Math.atan2(v - eye.discV(), u - eye.discU());
    double out = eye.toDisc(u, v);
    return noise.at(22 * turn, 2.2 * out) + 0.6 * noise.at(47 * turn, 3 * out);
  }

  private static void blend(double[] colour, double[] with, double amount) {
    if (amount > 0) {
      for (int c = 0; c < 3; c++) {
        colour[c] = Shades.mix(colour[c], with[c], amount);
      }
    }
  }

  private static void absorb(double[] colour, double r, double g, double b) {
    if (g > 0) {
      colour[0] *= Math.exp(-r);
      colour[1] *= Math.exp(-g);
      colour[2] *= Math.exp(-b);
    }
  }
}
