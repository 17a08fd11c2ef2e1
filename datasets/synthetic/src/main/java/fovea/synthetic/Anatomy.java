package fovea.synthetic;

import java.util.Random;

/**
 * Where things lie in an eye, as a left eye: the temporal side is +u, v points down. The unit is
 * the field's radius, the origin its centre. Sizes follow a 45 degree photograph, in which the disc
 * is about a seventh of the field across and the fovea lies 2.5 disc diameters temporal of it.
 */
record Anatomy(double discU, double discV, double discRadius, double foveaU, double foveaV) {

  static Anatomy of(FundusSettings settings) {
    Random random = Seeds.stream(settings.seed(), "anatomy");
    double discRadius = Seeds.between(random, 0.128, 0.148);
    double foveaU = Seeds.between(random, 0.0, 0.32);
    double foveaV = Seeds.between(random, -0.02, 0.10);
    double tilt = Seeds.between(random, 0.03, 0.13);
    double aim = Seeds.between(random, 0, 2 * Math.PI);
    double astray = 0.95 * settings.defect().strengthOf(Defect.Kind.OFF_CENTRE);
    foveaU += astray * Math.cos(aim);
    foveaV += astray * Math.sin(aim);
    double distance = 2.5 * 2 * discRadius;
    return new Anatomy(
        foveaU - distance * Math.cos(tilt),
        foveaV - distance * Math.sin(tilt),
        discRadius,
        foveaU,
        foveaV);
  }

  double toDisc(double u, double v) {
    return Shades.length(u - discU, v - discV);
  }

  double toFovea(double u, double v) {
    return Shades.length(u - foveaU, v - foveaV);
  }
}
