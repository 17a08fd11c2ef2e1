package fovea.train.loop;

/**
 * The learning rate by step: half a cosine down to 0 (Loshchilov and Hutter 2017), times a linear
 * rise at the beginning.
 *
 * @param height greatest rate
 * @param warmUp share of the steps over which it rises
 * @param steps in all
 */
record Schedule(double height, double warmUp, int steps) {

  /** The rate of a step, from 0. */
  double rate(int step) {
    double rise = Math.max(1, steps * warmUp);
    double warm = Math.min(1, (step + 1) / rise);
    return height * warm * (1 + Math.cos(Math.PI * step / steps)) / 2;
  }
}
