package fovea.sfm.features;

import java.util.OptionalInt;

/**
 * Points of a photograph.
 *
 * @param width pixels of the reduced photograph they were found in
 * @param xy x y of each, pixels of the reduced photograph, the first pixel's centre at 0.5
 * @param descriptors 128 numbers each, length 1 (root-SIFT)
 * @param colours 0xRRGGBB at each
 * @param focal35 of the photograph's EXIF, millimetres
 */
public record Features(
    int width, int height, float[] xy, float[] descriptors, int[] colours, OptionalInt focal35) {
  /** Numbers of a descriptor. */
  public static final int LENGTH = 128;

  /** Of a photograph that shows nothing to hold on to. */
  public static Features none(int width, int height) {
    return new Features(width, height, new float[0], new float[0], new int[0], OptionalInt.empty());
  }

  /** Without descriptors: what is needed once everything is matched. */
  public Features places() {
    return new Features(width, height, xy, new float[0], colours, focal35);
  }

  /** How many. */
  public int count() {
    return xy.length / 2;
  }
}
