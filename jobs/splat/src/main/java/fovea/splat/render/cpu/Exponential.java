package fovea.splat.render.cpu;

/** e to a power of moderate size, several times as fast as Math.exp and good to 1e-6. */
final class Exponential {
  private static final float LOG2_E = 1.44269504f;

  // Adding it rounds to a whole number, which then lies in the lowest bits.
  private static final float ROUND = 12_582_912f; // 1.5 * 2^23
  private static final int MANTISSA = 23;

  private Exponential() {}

  /** e^x for -80 <= x <= 80: two to the whole part by the exponent's bits, the rest by Taylor. */
  static float of(float x) {
    float z = x * LOG2_E;
    float rounded = z + ROUND;
    float f = z - (rounded - ROUND);
    float p = 0.001333356f + f * 0.000154035f;
    p = 0.009618129f + f * p;
    p = 0.055504109f + f * p;
    p = 0.240226507f + f * p;
    p = 0.693147181f + f * p;
    p = 1 + f * p;
    int whole = Float.floatToRawIntBits(rounded) << MANTISSA;
    return Float.intBitsToFloat(Float.floatToRawIntBits(p) + whole);
  }
}
