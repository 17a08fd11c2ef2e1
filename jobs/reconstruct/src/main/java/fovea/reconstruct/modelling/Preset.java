package fovea.reconstruct.modelling;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How much work a model is worth. */
public enum Preset {
  /** To see whether the photographs serve: about a minute on two cores. */
  PREVIEW(600, 8000, 320, 1),
  /** For looking at: tens of minutes on eight cores. */
  STANDARD(7000, 80_000, 800, 2),
  /** All there is in the photographs: hours. */
  HIGH(30_000, 500_000, 1600, 3);

  private final int iterations;
  private final int cap;
  private final int resolution;
  private final int degree;

  Preset(int iterations, int cap, int resolution, int degree) {
    this.iterations = iterations;
    this.cap = cap;
    this.resolution = resolution;
    this.degree = degree;
  }

  /** Steps of training. */
  public int iterations() {
    return iterations;
  }

  /** Most Gaussians. */
  public int cap() {
    return cap;
  }

  /** Longest edge of the photographs in training, pixels. */
  public int resolution() {
    return resolution;
  }

  /** Degree of the spherical harmonics. */
  public int degree() {
    return degree;
  }

  /** Lower-case name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Preset::word).toList();
  }

  /** The preset of a name. */
  public static Preset of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
