package fovea.scene;

import java.util.Optional;

/**
 * Tells an object from a dark or plain background: what has the colour of the picture's border and
 * hangs together with it.
 */
public final class PlainBackground {
  /** How far a background's values may lie from the border's median, of 255. */
  private static final int TOLERANCE = 28;

  /** The share of the border that must have one colour. */
  private static final double LEAST_SHARE = 0.75;

  private final Picture picture;
  private final int[] colour;

  private PlainBackground(Picture picture) {
    this.picture = picture;
    this.colour = median(picture);
  }

  /**
   * The picture with another background; empty where its border has no one colour.
   *
   * @param rgb what the background becomes, 0 to 255 each
   */
  public static Optional<Picture> replaced(Picture picture, int... rgb) {
    PlainBackground background = new PlainBackground(picture);
    return background.share() < LEAST_SHARE
        ? Optional.empty()
        : Optional.of(background.replacedBy(rgb));
  }

  private Picture replacedBy(int[] rgb) {
    int pixels = picture.width() * picture.height();
    byte[] planes = picture.planes().clone();
    boolean[] seen = new boolean[pixels];
    int[] waiting = new int[pixels];
    int count = 0;
    for (int at : border(picture)) {
      count = visit(at, seen, waiting, count);
    }
    while (count > 0) {
      int at = waiting[--count];
      for (int plane = 0; plane < 3; plane++) {
        planes[plane * pixels + at] = (byte) rgb[plane];
      }
      int x = at % picture.width();
      count = x > 0 ? visit(at - 1, seen, waiting, count) : count;
      count = x < picture.width() - 1 ? visit(at + 1, seen, waiting, count) : count;
      count = visit(at - picture.width(), seen, waiting, count);
      count = visit(at + picture.width(), seen, waiting, count);
    }
    return new Picture(picture.width(), picture.height(), planes);
  }

  private int visit(int at, boolean[] seen, int[] waiting, int count) {
    if (at < 0 || at >= seen.length || seen[at] || !isBackground(at)) {
      return count;
    }
    seen[at] = true;
    waiting[count] = at;
    return count + 1;
  }

  private boolean isBackground(int at) {
    int pixels = picture.width() * picture.height();
    for (int plane = 0; plane < 3; plane++) {
      int value = picture.planes()[plane * pixels + at] & 0xff;
      if (Math.abs(value - colour[plane]) > TOLERANCE) {
        return false;
      }
    }
    return true;
  }

  private double share() {
    int[] border = border(picture);
    int alike = 0;
    for (int at : border) {
      alike += isBackground(at) ? 1 : 0;
    }
    return alike / (double) border.length;
  }

  private static int[] median(Picture picture) {
    int[] border = border(picture);
    int pixels = picture.width() * picture.height();
    int[] median = new int[3];
    for (int plane = 0; plane < 3; plane++) {
      int[] values = new int[border.length];
      for (int i = 0; i < border.length; i++) {
        values[i] = picture.planes()[plane * pixels + border[i]] & 0xff;
      }
      java.util.Arrays.sort(values);
      median[plane] = values[values.length / 2];
    }
    return median;
  }

  private static int[] border(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    int[] border = new int[2 * (width + height)];
    int n = 0;
    for (int x = 0; x < width; x++) {
      border[n++] = x;
      border[n++] = (height - 1) * width + x;
    }
    for (int y = 0; y < height; y++) {
      border[n++] = y * width;
      border[n++] = y * width + width - 1;
    }
    return border;
  }
}
