package fovea.train.loop;

/**
 * The learning rate by step: a linear rise over the first twentieth, then half a cosine down to 0.
 *
 * @param height greatest rate
 * @param steps in all
 */
record Schedule(double height, int steps) {

  double rate(int step) {
    double rise = Math.max(1, steps / 20.0);
    double warm = Math.min(1, (step + 1) / rise);
    return height * warm * (1 + Math.cos(Math.PI * step / steps)) / 2;
  }
}
