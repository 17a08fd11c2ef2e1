package fovea.train.data;

import java.io.Serializable;
import java.util.List;

/**
 * What is subtracted from each channel and what it is then divided by; pixels run from 0 to 1.
 *
 * @param mean red, green, blue
 * @param deviation red, green, blue
 */
public record Normalisation(List<Double> mean, List<Double> deviation) implements Serializable {
  private static final double LEAST_DEVIATION = 0.01;

  /** Three channels each. */
  public Normalisation {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != 3 || deviation.size() != 3) {
      throw new IllegalArgumentException("a normalisation has three channels");
    }
  }

  /** Mean and standard deviation over all pixels of all samples. */
  public static Normalisation of(List<Sample> samples) {
    double[] sum = new double[3];
    double[] squares = new double[3];
    long pixels = 0;
    for (Sample sample : samples) {
      byte[] rgb = sample.rgb();
      for (int i = 0; i < rgb.length; i++) {
        double value = (rgb[i] & 0xff) / 255.0;
        sum[i % 3] += value;
        squares[i % 3] += value * value;
      }
      pixels += rgb.length / 3;
    }
    long n = Math.max(1, pixels);
    return new Normalisation(
        List.of(sum[0] / n, sum[1] / n, sum[2] / n),
        List.of(
            spread(sum[0], squares[0], n),
            spread(sum[1], squares[1], n),
            spread(sum[2], squares[2], n)));
  }

  /**
   * Writes a picture as normalised planes: 3 x edge x edge floats, red first.
   *
   * @param offset where in {@code planes} to begin
   */
  public void write(byte[] rgb, float[] planes, int offset) {
    int pixels = rgb.length / 3;
    for (int channel = 0; channel < 3; channel++) {
      float shift = mean.get(channel).floatValue();
      float scale = (float) (1 / deviation.get(channel));
      for (int i = 0; i < pixels; i++) {
        float value = (rgb[3 * i + channel] & 0xff) / 255f;
        planes[offset + channel * pixels + i] = (value - shift) * scale;
      }
    }
  }

  private static double spread(double sum, double squares, long n) {
    double mean = sum / n;
    return Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, squares / n - mean * mean)));
  }
}
