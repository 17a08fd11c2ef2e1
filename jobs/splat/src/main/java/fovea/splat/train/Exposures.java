package fovea.splat.train;

import java.util.List;

/**
 * A gain and an offset for each colour of each photograph, so that automatic exposure, white
 * balance and a moving flash need not be explained by Gaussians. Their means over the photographs
 * are held at 1 (geometric) and 0: the model has the exposure of the average photograph.
 */
final class Exposures {
  private static final int COLOURS = 3;
  private static final int EACH = 2 * COLOURS;
  private static final double RATE = 0.01;
  private static final double RATE_DECAY = 0.1;

  private final float[] values; // log gain r g b, offset r g b
  private final float[] gradients;
  private final float[] first;
  private final float[] second;

  Exposures(int photos) {
    values = new float[EACH * photos];
    gradients = new float[EACH];
    first = new float[EACH * photos];
    second = new float[EACH * photos];
  }

  /** Learning rate when a share {@code done} of the training is over. */
  static double rate(double done) {
    return RATE * Math.pow(RATE_DECAY, done);
  }

  /** What a checkpoint must keep. */
  List<float[]> state() {
    return List.of(values, first, second);
  }

  float gain(int photo, int colour) {
    return (float) Math.exp(values[EACH * photo + colour]);
  }

  float offset(int photo, int colour) {
    return values[EACH * photo + COLOURS + colour];
  }

  /** From what is drawn to what the photograph would show: planes of {@code size} pixels. */
  void expose(int photo, float[] drawn, int size, float[] seen) {
    for (int colour = 0; colour < COLOURS; colour++) {
      float gain = gain(photo, colour);
      float offset = offset(photo, colour);
      for (int i = colour * size; i < (colour + 1) * size; i++) {
        seen[i] = gain * drawn[i] + offset;
      }
    }
  }

  /**
   * Improves one photograph's exposure.
   *
   * @param gradient dLoss/dSeen in, dLoss/dDrawn out
   * @param visit how often the photograph was seen, from 1
   * @param rate {@link #rate}
   */
  void improve(int photo, float[] drawn, int size, float[] gradient, int visit, double rate) {
    for (int colour = 0; colour < COLOURS; colour++) {
      float gain = gain(photo, colour);
      double product = 0;
      double sum = 0;
      for (int i = colour * size; i < (colour + 1) * size; i++) {
        float g = gradient[i];
        product += g * drawn[i];
        sum += g;
        gradient[i] = gain * g;
      }
      gradients[colour] = (float) (gain * product);
      gradients[COLOURS + colour] = (float) sum;
    }
    move(EACH * photo, rate, visit);
    centre();
  }

  private void move(int at, double rate, int visit) {
    double correction = Adam.firstCorrection(visit);
    double scale = Adam.secondCorrection(visit);
    for (int k = 0; k < EACH; k++) {
      float g = gradients[k];
      first[at + k] = Adam.BETA1 * first[at + k] + (1 - Adam.BETA1) * g;
      second[at + k] = Adam.BETA2 * second[at + k] + (1 - Adam.BETA2) * g * g;
      double root = Math.sqrt(second[at + k] / scale);
      values[at + k] -= (float) (rate * first[at + k] / correction / (root + Adam.EPSILON));
    }
  }

  private void centre() {
    int photos = values.length / EACH;
    for (int k = 0; k < EACH; k++) {
      double sum = 0;
      for (int photo = 0; photo < photos; photo++) {
        sum += values[EACH * photo + k];
      }
      for (int photo = 0; photo < photos; photo++) {
        values[EACH * photo + k] -= (float) (sum / photos);
      }
    }
  }
}
