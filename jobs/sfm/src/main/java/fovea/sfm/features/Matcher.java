package fovea.sfm.features;

import fovea.imaging.Mats;
import java.util.Arrays;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** Nearest descriptors that choose each other and are clearly nearer than the next. */
public final class Matcher {

  // What is left of a turntable's backdrop and of dust on the sensor does not move.
  private static final double STILL = 0.0006;
  private static final double LEAST_STILL = 0.75;

  private static final int BLOCK = 512;

  private final double ratio;

  /**
   * @param ratio of the nearest descriptor's distance to the next one's, at most (Lowe's test)
   */
  public Matcher(double ratio) {
    this.ratio = ratio;
  }

  /** Pairs of features: first's, second's, first's, second's ... */
  public int[] match(Features a, Features b) {
    if (a.count() < 2 || b.count() < 2) {
      return new int[0];
    }
    Nearest across = new Nearest(a.count());
    Nearest down = new Nearest(b.count());
    compare(a, b, across, down);
    int[] pairs = new int[2 * Math.min(a.count(), b.count())];
    int n = 0;
    double still = Math.max(LEAST_STILL, STILL * Math.max(a.width(), a.height()));
    for (int i = 0; i < a.count(); i++) {
      int j = across.which[i];
      boolean mutual = down.which[j] == i && clear(across, i) && clear(down, j);
      if (mutual && moves(a, i, b, j, still)) {
        pairs[n++] = i;
        pairs[n++] = j;
      }
    }
    return Arrays.copyOf(pairs, n);
  }

  /** The most alike of the other photograph's features, and how alike the next one is. */
  private static final class Nearest {
    final int[] which;
    final float[] best;
    final float[] next;

    Nearest(int count) {
      which = new int[count];
      best = new float[count];
      next = new float[count];
      Arrays.fill(best, -1);
      Arrays.fill(next, -1);
    }

    void offer(int i, int other, float alike) {
      if (alike > best[i]) {
        next[i] = best[i];
        best[i] = alike;
        which[i] = other;
      } else if (alike > next[i]) {
        next[i] = alike;
      }
    }
  }

  // A block of rows at a time: all at once would be 36 MB twice for 3,000 features.
  private static void compare(Features a, Features b, Nearest across, Nearest down) {
    int columns = b.count();
    float[] alike = new float[Math.min(BLOCK, a.count()) * columns];
    try (Mats mats = new Mats()) {
      Mat left = matrix(a, mats);
      Mat right = matrix(b, mats);
      Mat none = mats.mat();
      Mat product = mats.mat();
      for (int from = 0; from < a.count(); from += BLOCK) {
        int to = Math.min(a.count(), from + BLOCK);
        Core.gemm(mats.own(left.rowRange(from, to)), right, 1, none, 0, product, Core.GEMM_2_T);
        product.get(0, 0, alike);
        for (int i = from; i < to; i++) {
          for (int j = 0; j < columns; j++) {
            float s = alike[(i - from) * columns + j];
            across.offer(i, j, s);
            down.offer(j, i, s);
          }
        }
      }
    }
  }

  private static boolean moves(Features a, int i, Features b, int j, double still) {
    float dx = a.xy()[2 * i] - b.xy()[2 * j];
    float dy = a.xy()[2 * i + 1] - b.xy()[2 * j + 1];
    return dx * dx + dy * dy > still * still;
  }

  // Vectors of length 1: squared distance 2 - 2 s, which rounding may put below nought.
  private boolean clear(Nearest of, int i) {
    return Math.max(0, 1 - of.best[i]) < ratio * ratio * Math.max(0, 1 - of.next[i]);
  }

  private static Mat matrix(Features f, Mats mats) {
    Mat matrix = mats.own(new Mat(f.count(), Features.LENGTH, CvType.CV_32F));
    matrix.put(0, 0, f.descriptors());
    return matrix;
  }
}
