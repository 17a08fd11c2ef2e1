package fovea.train.data;

import java.io.Serializable;
import java.util.List;

/**
 * Sums over all pixels of some pictures, from 0 to 1 each: what their normalisation follows from,
 * wherever they lie.
 *
 * @param sums red, green, blue
 * @param squares red, green, blue
 */
public record PixelSums(long pixels, List<Double> sums, List<Double> squares)
    implements Serializable {
  private static final double LEAST_DEVIATION = 0.01;

  /** Of some samples. */
  public static PixelSums of(List<Sample> samples) {
    double[] sums = new double[3];
    double[] squares = new double[3];
    long pixels = 0;
    for (Sample sample : samples) {
      byte[] rgb = sample.rgb();
      for (int i = 0; i < rgb.length; i++) {
        double value = (rgb[i] & 0xff) / 255.0;
        sums[i % 3] += value;
        squares[i % 3] += value * value;
      }
      pixels += rgb.length / 3;
    }
    return new PixelSums(pixels, list(sums), list(squares));
  }

  /** With others; in another order the last digits may differ. */
  public PixelSums plus(PixelSums others) {
    return new PixelSums(
        pixels + others.pixels, added(sums, others.sums), added(squares, others.squares));
  }

  /** Mean and standard deviation of each channel. */
  public Normalisation normalisation() {
    long n = Math.max(1, pixels);
    return new Normalisation(
        List.of(sums.get(0) / n, sums.get(1) / n, sums.get(2) / n),
        List.of(spread(0, n), spread(1, n), spread(2, n)));
  }

  private double spread(int channel, long n) {
    double mean = sums.get(channel) / n;
    double variance = squares.get(channel) / n - mean * mean;
    return Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, variance)));
  }

  private static List<Double> added(List<Double> some, List<Double> others) {
    return List.of(
        some.get(0) + others.get(0), some.get(1) + others.get(1), some.get(2) + others.get(2));
  }

  private static List<Double> list(double[] values) {
    return List.of(values[0], values[1], values[2]);
  }
}
