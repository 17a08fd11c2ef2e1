package fovea.synthetic;

import fovea.contract.cohort.Laterality;

/**
 * Maps an eye's coordinates to pixels. Right eyes are left eyes mirrored: in a photograph of a
 * right eye the disc lies to the right of the fovea.
 *
 * @param size edge of the picture in pixels
 * @param centre of the field, in both directions
 * @param radius of the field in pixels
 * @param side +1 for a left eye, -1 for a right one
 */
record Frame(int size, double centre, double radius, int side) {

  static Frame of(FundusSettings settings) {
    double half = settings.size() / 2.0;
    int side = settings.laterality() == Laterality.LEFT ? 1 : -1;
    return new Frame(settings.size(), half, half * settings.camera().field, side);
  }

  double x(double u) {
    return centre + side * u * radius;
  }

  double y(double v) {
    return centre + v * radius;
  }

  double u(int column) {
    return side * (column + 0.5 - centre) / radius;
  }

  double v(int row) {
    return (row + 0.5 - centre) / radius;
  }

  int clamped(double pixel) {
    return (int) Math.max(0, Math.min(size - 1, pixel));
  }
}
