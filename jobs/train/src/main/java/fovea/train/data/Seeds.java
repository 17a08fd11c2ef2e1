package fovea.train.data;

import java.util.SplittableRandom;

/** Independent streams of random numbers out of one seed. */
public final class Seeds {
  private Seeds() {}

  /** The seed of a part of a seeded whole. */
  public static long of(long seed, long... path) {
    long mixed = seed;
    for (long step : path) {
      mixed = mix(mixed, step);
    }
    return mixed;
  }

  /** A stream of its own for a part of a seeded whole. */
  public static SplittableRandom stream(long seed, long... path) {
    return new SplittableRandom(of(seed, path));
  }

  // The finaliser of MurmurHash3: neighbouring seeds must not give neighbouring streams.
  private static long mix(long seed, long value) {
    long h = seed * 0x9E3779B97F4A7C15L + value;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
