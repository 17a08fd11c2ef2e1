package fovea.synthetic;

/** A field of the eye's coordinates, computed on a coarse grid and read with interpolation. */
final class Texture {
  private static final double REACH = 1.15;

  /** A value at a place of the eye. */
  interface Field {
    double at(double u, double v);
  }

  private final int edge;
  private final float[] values;

  Texture(int edge, Field field) {
    this.edge = edge;
    this.values = new float[edge * edge];
    for (int row = 0; row < edge; row++) {
      for (int column = 0; column < edge; column++) {
        double u = REACH * (2.0 * column / (edge - 1) - 1);
        double v = REACH * (2.0 * row / (edge - 1) - 1);
        values[row * edge + column] = (float) field.at(u, v);
      }
    }
  }

  double at(double u, double v) {
    double x = Math.max(0, Math.min(edge - 1.001, (u / REACH + 1) / 2 * (edge - 1)));
    double y = Math.max(0, Math.min(edge - 1.001, (v / REACH + 1) / 2 * (edge - 1)));
    int i = (int) x;
    int j = (int) y;
    int at = j * edge + i;
    double s = x - i;
    double t = y - j;
    return Shades.mix(
        Shades.mix(values[at], values[at + 1], s),
        Shades.mix(values[at + edge], values[at + edge + 1], s),
        t);
  }
}
