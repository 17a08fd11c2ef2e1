package fovea.synthetic;

/** Smooth value noise on a lattice, in two and three dimensions; values lie in -1 to 1. */
final class Noise {
  private final int salt;

  Noise(long seed) {
    this.salt = (int) (seed ^ (seed >>> 32));
  }

  /** One octave at a point; the lattice spacing is 1. */
  double at(double x, double y) {
    int i = floor(x);
    int j = floor(y);
    double s = smooth(x - i);
    double t = smooth(y - j);
    double upper = mix(lattice(i, j, 0), lattice(i + 1, j, 0), s);
    double lower = mix(lattice(i, j + 1, 0), lattice(i + 1, j + 1, 0), s);
    return mix(upper, lower, t);
  }

  /** One octave at a point of space. */
  double at(double x, double y, double z) {
    int k = floor(z);
    return mix(layer(x, y, k), layer(x, y, k + 1), smooth(z - k));
  }

  /** Octaves of doubling frequency and halving amplitude. */
  double fractal(double x, double y, int octaves) {
    double sum = 0;
    double amplitude = 0.5;
    for (int octave = 0; octave < octaves; octave++) {
      sum += amplitude * at(x + 17.3 * octave, y - 9.1 * octave);
      x *= 2;
      y *= 2;
      amplitude /= 2;
    }
    return sum;
  }

  /** Octaves of doubling frequency and halving amplitude, in space. */
  double fractal(double x, double y, double z, int octaves) {
    double sum = 0;
    double amplitude = 0.5;
    for (int octave = 0; octave < octaves; octave++) {
      sum += amplitude * at(x + 17.3 * octave, y - 9.1 * octave, z + 5.7 * octave);
      x *= 2;
      y *= 2;
      z *= 2;
      amplitude /= 2;
    }
    return sum;
  }

  /** White noise of a lattice point. */
  float lattice(int x, int y, int z) {
    return bits(x, y, z) * 0x1p-31f;
  }

  /** 32 random bits of a lattice point. */
  int bits(int x, int y, int z) {
    int h = salt + x * 0x27D4EB2D + y * 0x165667B1 + z * 0x2545F491;
    h = (h ^ (h >>> 15)) * 0x85EBCA6B;
    h = (h ^ (h >>> 13)) * 0xC2B2AE35;
    return h ^ (h >>> 16);
  }

  private double layer(double x, double y, int k) {
    int i = floor(x);
    int j = floor(y);
    double s = smooth(x - i);
    double upper = mix(lattice(i, j, k), lattice(i + 1, j, k), s);
    double lower = mix(lattice(i, j + 1, k), lattice(i + 1, j + 1, k), s);
    return mix(upper, lower, smooth(y - j));
  }

  private static int floor(double x) {
    int i = (int) x;
    return x < i ? i - 1 : i;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
