package fovea.train.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a said probability is a share of images.
 *
 * @param brier mean squared distance of probability and truth (Brier 1950)
 * @param expectedError mean distance of said probability and share over ten bins of equal width,
 *     weighted by their images (ECE, Naeini et al. 2015)
 * @param bins those with images
 */
public record Calibration(double brier, double expectedError, List<Bin> bins)
    implements Serializable {
  private static final int BINS = 10;

  static Calibration of(List<Scored> answers) {
    long[] images = new long[BINS];
    double[] said = new double[BINS];
    double[] found = new double[BINS];
    double squares = 0;
    for (Scored answer : answers) {
      int bin = Math.min(BINS - 1, (int) (answer.score() * BINS));
      double truth = answer.positive() ? 1 : 0;
      images[bin]++;
      said[bin] += answer.score();
      found[bin] += truth;
      squares += Math.pow(answer.score() - truth, 2);
    }
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int i = 0; i < BINS; i++) {
      if (images[i] > 0) {
        bins.add(new Bin(images[i], said[i] / images[i], found[i] / images[i]));
        error += Math.abs(said[i] - found[i]);
      }
    }
    double n = Math.max(1, answers.size());
    return new Calibration(squares / n, error / n, List.copyOf(bins));
  }

  /**
   * Images whose score lies in one tenth.
   *
   * @param said their mean score
   * @param found the share of them that is referable
   */
  public record Bin(long images, double said, double found) implements Serializable {}
}
