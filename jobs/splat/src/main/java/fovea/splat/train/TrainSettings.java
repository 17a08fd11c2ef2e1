package fovea.splat.train;

import java.io.Serializable;

/**
 * How to train.
 *
 * @param iterations steps, one photograph each
 * @param cap most Gaussians
 * @param degree of the spherical harmonics, 0 to 3
 * @param longest longest edge of the photographs in training, pixels
 * @param threads at least 1
 * @param seed of all randomness: the same seed gives the same model
 * @param background r g b behind everything, each 0 to 1
 * @param exposure whether photographs may differ in brightness and tint
 */
public record TrainSettings(
    int iterations,
    int cap,
    int degree,
    int longest,
    int threads,
    long seed,
    Background background,
    Exposure exposure)
    implements Serializable {

  /** How photographs were exposed. */
  public enum Exposure {
    /** All the same. */
    SAME,
    /** Each with its own gain and offset of each colour, found in training. */
    EACH
  }

  /** A colour, each part 0 to 1. */
  public record Background(float red, float green, float blue) implements Serializable {
    /** Black. */
    public static final Background BLACK = new Background(0, 0, 0);

    /** Red, green, blue. */
    public float[] planes() {
      return new float[] {red, green, blue};
    }
  }

  /** Checks the ranges. */
  public TrainSettings {
    within("iterations", iterations, 1, 1_000_000);
    within("cap", cap, 1, 20_000_000);
    within("degree", degree, 0, 3);
    within("longest", longest, 16, 20_000);
    within("threads", threads, 1, 1024);
  }

  /** The same on another number of threads, which the model does not depend on. */
  public TrainSettings withThreads(int number) {
    return new TrainSettings(iterations, cap, degree, longest, number, seed, background, exposure);
  }

  /** Each photograph with its own exposure. */
  public TrainSettings(
      int iterations,
      int cap,
      int degree,
      int longest,
      int threads,
      long seed,
      Background background) {
    this(iterations, cap, degree, longest, threads, seed, background, Exposure.EACH);
  }

  /** The same with other exposures. */
  public TrainSettings withExposure(Exposure other) {
    return new TrainSettings(iterations, cap, degree, longest, threads, seed, background, other);
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be between " + least + " and " + most + ", cannot be: " + value);
    }
  }
}
