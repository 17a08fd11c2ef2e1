package fovea.splat.render.cpu;

import java.util.Arrays;

/** Gaussians on the image plane, packed for the tile kernels; grows, never shrinks. */
final class Projected {
  /** Floats a Gaussian in {@link #packed}. */
  static final int STRIDE = 12;

  /** Offsets in {@link #packed}: centre, inverse covariance [a b; b c], opacity. */
  static final int X = 0;

  static final int Y = 1;
  static final int A = 2;
  static final int B = 3;
  static final int C = 4;
  static final int OPACITY = 5;

  /** sigma beyond which alpha is below 1/255: ln(255 opacity). */
  static final int CUTOFF = 6;

  /** Half the height of the ellipse at the cutoff, pixels. */
  static final int HALF_HEIGHT = 7;

  static final int RED = 8;

  /** e^-a: by which the ratio of alpha from pixel to pixel shrinks along a row. */
  static final int SHRINK = 11;

  float[] packed = new float[0];
  float[] depths = new float[0];

  /** Tiles touched: left, right (excluded), top, bottom (excluded). */
  int[] boxes = new int[0];

  void reserve(int count) {
    if (depths.length < count) {
      packed = new float[STRIDE * count];
      depths = new float[count];
      boxes = new int[4 * count];
    }
  }

  /** Leaves a Gaussian out. */
  void hide(int i) {
    Arrays.fill(boxes, 4 * i, 4 * i + 4, 0);
  }

  boolean hidden(int i) {
    return boxes[4 * i] >= boxes[4 * i + 1] || boxes[4 * i + 2] >= boxes[4 * i + 3];
  }
}
