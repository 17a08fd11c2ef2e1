package fovea.splat.model;

import java.util.Arrays;
import java.util.List;

/**
 * Gaussians as a structure of arrays, with room to grow. The same shapes hold gradients and
 * optimiser moments. Arrays are shared, not copied: this is the trainer's working memory.
 */
public final class Splats {
  /** Floats of {@link #sh0} a Gaussian: one a colour. */
  public static final int COLOURS = 3;

  /** Highest degree of the spherical harmonics. */
  public static final int MOST_DEGREE = 3;

  /** Centre, world coordinates: 3 a Gaussian. */
  public final float[] means;

  /** Rotation quaternion w x y z, not necessarily of unit length: 4 a Gaussian. */
  public final float[] rotations;

  /** Natural logarithm of the standard deviation along each axis: 3 a Gaussian. */
  public final float[] logScales;

  /** Logit of the opacity: 1 a Gaussian. */
  public final float[] logitOpacities;

  /** Spherical harmonics of degree 0, r g b: 3 a Gaussian. */
  public final float[] sh0;

  /** The higher ones, coefficient by coefficient, r g b each: {@link #restSize} a Gaussian. */
  public final float[] shRest;

  private final List<float[]> parts;
  private final int capacity;
  private final int degree;
  private int count;

  /**
   * @param capacity most Gaussians
   * @param degree of the spherical harmonics, 0 to 3
   */
  public Splats(int capacity, int degree) {
    if (degree < 0 || degree > MOST_DEGREE || capacity < 0) {
      throw new IllegalArgumentException("degree " + degree + ", capacity " + capacity);
    }
    this.capacity = capacity;
    this.degree = degree;
    means = new float[3 * capacity];
    rotations = new float[4 * capacity];
    logScales = new float[3 * capacity];
    logitOpacities = new float[capacity];
    sh0 = new float[COLOURS * capacity];
    shRest = new float[restSize() * capacity];
    parts = List.of(means, rotations, logScales, logitOpacities, sh0, shRest);
  }

  /** How many Gaussians there are. */
  public int count() {
    return count;
  }

  /** Changes how many there are, within the capacity. */
  public void resize(int newCount) {
    if (newCount < 0 || newCount > capacity) {
      throw new IllegalArgumentException(newCount + " of " + capacity);
    }
    count = newCount;
  }

  /** How many there may be. */
  public int capacity() {
    return capacity;
  }

  /** Degree of the spherical harmonics. */
  public int degree() {
    return degree;
  }

  /** Floats of {@link #shRest} a Gaussian: 0, 9, 24 or 45. */
  public int restSize() {
    return COLOURS * ((degree + 1) * (degree + 1) - 1);
  }

  /** Floats a Gaussian has in all: 59 at degree 3. */
  public int floatsEach() {
    return 3 + 4 + 3 + 1 + COLOURS + restSize();
  }

  /** All arrays, in the order of the fields. */
  public List<float[]> parts() {
    return parts;
  }

  /** How many floats at the start of one of {@link #parts} belong to {@link #count} Gaussians. */
  public int used(float[] part) {
    return capacity == 0 ? 0 : part.length / capacity * count;
  }

  /** The opacity of a Gaussian, 0 to 1. */
  public float opacity(int i) {
    return (float) (1 / (1 + Math.exp(-logitOpacities[i])));
  }

  /** Overwrites Gaussian {@code to} with Gaussian {@code from} of the same shapes. */
  public void copy(Splats source, int from, int to) {
    System.arraycopy(source.means, 3 * from, means, 3 * to, 3);
    System.arraycopy(source.rotations, 4 * from, rotations, 4 * to, 4);
    System.arraycopy(source.logScales, 3 * from, logScales, 3 * to, 3);
    logitOpacities[to] = source.logitOpacities[from];
    System.arraycopy(source.sh0, 3 * from, sh0, 3 * to, 3);
    System.arraycopy(source.shRest, restSize() * from, shRest, restSize() * to, restSize());
  }

  /** Sets every number of one Gaussian to zero. */
  public void clear(int i) {
    Arrays.fill(means, 3 * i, 3 * i + 3, 0);
    Arrays.fill(rotations, 4 * i, 4 * i + 4, 0);
    Arrays.fill(logScales, 3 * i, 3 * i + 3, 0);
    logitOpacities[i] = 0;
    Arrays.fill(sh0, 3 * i, 3 * i + 3, 0);
    Arrays.fill(shRest, restSize() * i, restSize() * (i + 1), 0);
  }
}
