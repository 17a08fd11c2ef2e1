package fovea.train.data;

import java.util.SplittableRandom;

/**
 * A random change under which a retina keeps its grade: turn, mirror, zoom, brightness and
 * contrast.
 *
 * @param xx the 2 x 2 matrix (xx xy; yx yy) takes offsets from the result's centre to the source's
 * @param gain factor on the distance of every value from 128
 * @param shift added afterwards, in steps of 1/255
 */
public record Augmentation(double xx, double xy, double yx, double yy, double gain, double shift) {

  /** Any angle, either side up, zoom 0.9 to 1.1, contrast 0.85 to 1.15, brightness +-20 of 255. */
  public static Augmentation random(SplittableRandom random) {
    double angle = random.nextDouble() * 2 * Math.PI;
    double zoom = 0.9 + 0.2 * random.nextDouble();
    double mirror = random.nextBoolean() ? -zoom : zoom;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Augmentation(
        mirror * cos,
        -zoom * sin,
        mirror * sin,
        zoom * cos,
        0.85 + 0.3 * random.nextDouble(),
        40 * random.nextDouble() - 20);
  }

  /**
   * Samples the changed picture bilinearly; beyond the edge it is black, as outside a fundus.
   *
   * @param rgb edge x edge x 3 bytes
   * @return a new picture of the same size
   */
  public byte[] apply(byte[] rgb, int edge) {
    byte[] result = new byte[rgb.length];
    double centre = (edge - 1) / 2.0;
    for (int y = 0; y < edge; y++) {
      for (int x = 0; x < edge; x++) {
        double dx = x - centre;
        double dy = y - centre;
        double sourceX = centre + xx * dx + xy * dy;
        double sourceY = centre + yx * dx + yy * dy;
        sample(rgb, edge, sourceX, sourceY, result, 3 * (y * edge + x));
      }
    }
    return result;
  }

  private void sample(byte[] rgb, int edge, double x, double y, byte[] result, int at) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    if (left < 0 || top < 0 || left + 1 >= edge || top + 1 >= edge) {
      return;
    }
    double right = x - left;
    double down = y - top;
    int here = 3 * (top * edge + left);
    int below = here + 3 * edge;
    for (int channel = 0; channel < 3; channel++) {
      double upper = mix(rgb[here + channel], rgb[here + 3 + channel], right);
      double lower = mix(rgb[below + channel], rgb[below + 3 + channel], right);
      double value = upper + (lower - upper) * down;
      double lit = 128 + gain * (value - 128) + shift;
      result[at + channel] = (byte) Math.round(Math.max(0, Math.min(255, lit)));
    }
  }

  private static double mix(byte first, byte second, double share) {
    return (first & 0xff) + ((second & 0xff) - (first & 0xff)) * share;
  }
}
