package fovea.preprocess.quality;

/** Straight ramps from figures to scores between 0 and 1. */
final class Ramp {
  private Ramp() {}

  /** 0 up to {@code none}, 1 from {@code all} on. */
  static double up(double value, double none, double all) {
    return Math.min(1, Math.max(0, (value - none) / (all - none)));
  }

  /** 1 up to {@code all}, 0 from {@code none} on. */
  static double down(double value, double all, double none) {
    return Math.min(1, Math.max(0, (none - value) / (none - all)));
  }
}
