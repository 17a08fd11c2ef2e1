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
    return PixelSums.of(samples).normalisation();
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
}
