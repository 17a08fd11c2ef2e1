package fovea.splat.render.cpu;

/** e to a small negative power, about five times as fast as Math.exp and good to 1e-6. */
final class Exponential {
  // e^-s = (e^(-s/8))^8; Taylor of degree 6 about s/8 = 0.35, so 0 <= s <= 5.6 stays near it.
  private static final float CENTRE = 0.35f;
  private static final float SCALE = (float) Math.exp(-0.35);

  private Exponential() {}

  /** e^-s for 0 <= s <= ln 255. */
  static float ofNegative(float s) {
    float v = CENTRE - s * 0.125f;
    float p = 1 + v * (1 / 6f);
    p = 1 + v * (1 / 5f) * p;
    p = 1 + v * (1 / 4f) * p;
    p = 1 + v * (1 / 3f) * p;
    p = 1 + v * (1 / 2f) * p;
    p = SCALE * (1 + v * p);
    p *= p;
    p *= p;
    return p * p;
  }
}
