package fovea.synthetic;

import java.util.Random;

/** Independent random streams out of one seed, so that one feature never shifts another's draws. */
final class Seeds {

  private Seeds() {}

  /** The stream of one purpose. */
  static Random stream(long seed, String purpose) {
    return new Random(mix(seed, purpose));
  }

  /** A seed derived from another one (splitmix64's finaliser). */
  static long mix(long seed, String purpose) {
    long z = seed * 0x9E3779B97F4A7C15L + purpose.hashCode() * 0xD1B54A32D192ED03L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform between two numbers. */
  static double between(Random random, double least, double most) {
    return least + (most - least) * random.nextDouble();
  }

  /** A whole number between two, both included. */
  static int count(Random random, int least, int most) {
    return least + random.nextInt(most - least + 1);
  }
}
