package fovea.splat.export;

import fovea.contract.errors.CallerMistake;
import fovea.splat.model.Splats;

/** What is asked of a model before memory is taken for it, and after it was read. */
final class Checks {
  /** More than any trainer here makes; a claim beyond it is no model of ours. */
  static final int MOST_GAUSSIANS = 20_000_000;

  /** Share of the heap one model may take. */
  private static final double HEAP_SHARE = 0.7;

  private Checks() {}

  /** An empty model of that size, where it may be had. */
  static Splats room(long count, int degree) {
    if (count < 0 || count > MOST_GAUSSIANS) {
      throw damaged("it claims " + count + " Gaussians");
    }
    long bytes = count * new Splats(0, degree).floatsEach() * Float.BYTES;
    if (bytes > HEAP_SHARE * Runtime.getRuntime().maxMemory()) {
      throw new CallerMistake(
          "too-little-memory",
          "The model takes " + (bytes >> 20) + " MiB of memory",
          "Give Java a larger -Xmx");
    }
    Splats splats = new Splats((int) count, degree);
    splats.resize((int) count);
    return splats;
  }

  /** The model, where all of its numbers are numbers. */
  static Splats finite(Splats s) {
    int n = s.count();
    boolean all =
        finite(s.means, 3 * n)
            && finite(s.rotations, 4 * n)
            && finite(s.logScales, 3 * n)
            && finite(s.logitOpacities, n)
            && finite(s.sh0, 3 * n)
            && finite(s.shRest, s.restSize() * n);
    if (!all) {
      throw damaged("it holds numbers that are not finite");
    }
    return s;
  }

  private static boolean finite(float[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }

  static CallerMistake damaged(String why) {
    return new CallerMistake(
        "bad-model", "The model cannot be read: " + why, "Give a PLY or SPZ of Gaussian splats");
  }
}
