package fovea.train.data;

import java.util.SplittableRandom;

/**
 * A random change under which a retina keeps its grade: turn, mirror, zoom, light, blur.
 *
 * @param warp where each pixel comes from
 * @param light what becomes of its colours
 * @param blur standard deviation of a Gaussian in pixels; 0 none
 */
public record Augmentation(Warp warp, Light light, double blur) {
  /** Changes nothing. */
  public static final Augmentation NONE = new Augmentation(Warp.NONE, Light.NONE, 0);

  /** A change within the settings' strengths; every call draws equally many random values. */
  public static Augmentation random(AugmentationSettings most, SplittableRandom random) {
    return new Augmentation(
        Warp.random(most, random), Light.random(most, random), most.blur() * random.nextDouble());
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
        double sourceX = centre + warp.x(x - centre, y - centre);
        double sourceY = centre + warp.y(x - centre, y - centre);
        sample(rgb, edge, sourceX, sourceY, result, 3 * (y * edge + x));
      }
    }
    return blur > 0 ? Blur.apply(result, edge, blur) : result;
  }

  private void sample(byte[] rgb, int edge, double x, double y, byte[] result, int at) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    if (left < 0 || top < 0 || x > edge - 1 || y > edge - 1) {
      return;
    }
    double right = x - left;
    double down = y - top;
    int here = 3 * (top * edge + left);
    int beside = left + 1 < edge ? 3 : 0;
    int below = here + (top + 1 < edge ? 3 * edge : 0);
    for (int channel = 0; channel < 3; channel++) {
      double upper = mix(rgb[here + channel], rgb[here + beside + channel], right);
      double lower = mix(rgb[below + channel], rgb[below + beside + channel], right);
      double lit = light.of(upper + (lower - upper) * down, channel);
      result[at + channel] = (byte) Math.round(Math.max(0, Math.min(255, lit)));
    }
  }

  private static double mix(byte first, byte second, double share) {
    return (first & 0xff) + ((second & 0xff) - (first & 0xff)) * share;
  }

  /** A matrix (xx xy; yx yy) from offsets from the result's centre to the source's, in pixels. */
  public record Warp(double xx, double xy, double yx, double yy) {
    /** Every pixel stays. */
    public static final Warp NONE = new Warp(1, 0, 0, 1);

    private static Warp random(AugmentationSettings most, SplittableRandom random) {
      double angle = Math.toRadians(most.rotation()) * (2 * random.nextDouble() - 1);
      double zoom = 1 + most.zoom() * (2 * random.nextDouble() - 1);
      double acrossX = random.nextDouble() < most.flip() ? -zoom : zoom;
      double acrossY = random.nextDouble() < most.flip() ? -zoom : zoom;
      double cos = Math.cos(angle);
      double sin = Math.sin(angle);
      return new Warp(acrossX * cos, -acrossY * sin, acrossX * sin, acrossY * cos);
    }

    double x(double dx, double dy) {
      return xx * dx + xy * dy;
    }

    double y(double dx, double dy) {
      return yx * dx + yy * dy;
    }
  }

  /**
   * A straight line a channel: the distance from 128 by {@code contrast}, the whole by the
   * channel's factor, then {@code shift}, all in steps of 1/255.
   */
  public record Light(double contrast, double shift, double red, double green, double blue) {
    /** Every colour stays. */
    public static final Light NONE = new Light(1, 0, 1, 1, 1);

    private static Light random(AugmentationSettings most, SplittableRandom random) {
      return new Light(
          1 + most.contrast() * (2 * random.nextDouble() - 1),
          255 * most.brightness() * (2 * random.nextDouble() - 1),
          1 + most.colour() * (2 * random.nextDouble() - 1),
          1 + most.colour() * (2 * random.nextDouble() - 1),
          1 + most.colour() * (2 * random.nextDouble() - 1));
    }

    double of(double value, int channel) {
      double tint = channel == 0 ? red : channel == 1 ? green : blue;
      return tint * (128 + contrast * (value - 128)) + shift;
    }
  }
}
