package fovea.splat.train;

/**
 * SSIM and its gradient for one row at a time: the rows of intermediate results, which stay in the
 * first cache. One object serves one thread.
 */
final class Rows {
  private static final float C1 = 0.01f * 0.01f;
  private static final float C2 = 0.03f * 0.03f;

  final float[] gradient;

  private final int width;
  // x, y, xx, yy, xy: filtered down the columns (padded), then along the row too
  private final float[][] tall = new float[5][];
  private final float[][] mean = new float[5][];
  private final float[][] partial = new float[3][]; // dSSIM / d(mean x, mean xx, mean xy)
  private final float[] padded;
  private final float[] ssim;
  private final float[] difference;

  Rows(int width) {
    this.width = width;
    padded = new float[width + 2 * Filter.RADIUS];
    for (int f = 0; f < tall.length; f++) {
      tall[f] = new float[padded.length];
      mean[f] = new float[width];
    }
    for (int f = 0; f < partial.length; f++) {
      partial[f] = new float[width];
    }
    ssim = new float[width];
    difference = new float[width];
    gradient = new float[width];
  }

  /** Local means of both pictures, their squares and product. */
  void means(float[][] xs, float[][] ys, int row, int height) {
    int y = row % height;
    for (float[] each : tall) {
      java.util.Arrays.fill(each, 0);
    }
    int last = Math.min(Filter.RADIUS, height - 1 - y);
    for (int k = Math.max(-Filter.RADIUS, -y); k <= last; k++) {
      tap(Filter.weight(k), xs[row + k], ys[row + k], tall[0], tall[1], tall[2], tall[3], tall[4]);
    }
    for (int f = 0; f < tall.length; f++) {
      Filter.row(tall[f], mean[f], width);
    }
  }

  private static void tap(
      float w,
      float[] xs,
      float[] ys,
      float[] sx,
      float[] sy,
      float[] sxx,
      float[] syy,
      float[] sxy) {
    for (int i = 0; i < xs.length; i++) {
      float wx = w * xs[i];
      float wy = w * ys[i];
      sx[i] += wx;
      sy[i] += wy;
      sxx[i] += wx * xs[i];
      syy[i] += wy * ys[i];
      sxy[i] += wx * ys[i];
    }
  }

  /** Sum of SSIM over the row, after {@link #means}. */
  double similarity() {
    similarity(
        mean[0], mean[1], mean[2], mean[3], mean[4], partial[0], partial[1], partial[2], ssim);
    double sum = 0;
    for (float value : ssim) {
      sum += value;
    }
    return sum;
  }

  // Apart from the sum: a loop that sums in order is not turned into vector instructions.
  private static void similarity(
      float[] x,
      float[] y,
      float[] xx,
      float[] yy,
      float[] xy,
      float[] byX,
      float[] byXx,
      float[] byXy,
      float[] out) {
    for (int i = 0; i < out.length; i++) {
      float mx = x[i];
      float my = y[i];
      float a1 = 2 * mx * my + C1;
      float a2 = 2 * (xy[i] - mx * my) + C2;
      float b1 = mx * mx + my * my + C1;
      float b2 = (xx[i] - mx * mx) + (yy[i] - my * my) + C2;
      float inverse = 1 / (b1 * b2);
      float value = a1 * a2 * inverse;
      float product = 2 * a1 * inverse;
      float squared = -value * b1 * inverse;
      byX[i] =
          2 * my * a2 * inverse - 2 * mx * value * b2 * inverse - 2 * mx * squared - my * product;
      byXx[i] = squared;
      byXy[i] = product;
      out[i] = value;
    }
  }

  /** Filters the partial derivatives along the row. */
  void partials(float[][][] out, int row) {
    for (int f = 0; f < partial.length; f++) {
      System.arraycopy(partial[f], 0, padded, Filter.RADIUS, width);
      Filter.row(padded, out[f][row], width);
    }
  }

  /** Filters them down the columns. */
  void adjoint(float[][][] partials, int row, int height) {
    for (int f = 0; f < partial.length; f++) {
      Filter.column(partials[f], row, height, partial[f]);
    }
  }

  /**
   * The gradient of the row, after {@link #adjoint}.
   *
   * @param l1 weight of the absolute difference
   * @param structure weight of SSIM
   */
  void gradient(float[] xs, float[] ys, float l1, float structure) {
    System.arraycopy(xs, Filter.RADIUS, mean[0], 0, width);
    System.arraycopy(ys, Filter.RADIUS, mean[1], 0, width);
    gradient(
        mean[0], mean[1], partial[0], partial[1], partial[2], difference, gradient, l1, structure);
  }

  private static void gradient(
      float[] xs,
      float[] ys,
      float[] p0,
      float[] p1,
      float[] p2,
      float[] difference,
      float[] out,
      float l1,
      float structure) {
    for (int i = 0; i < out.length; i++) {
      float x = xs[i];
      float y = ys[i];
      difference[i] = x - y;
      out[i] = structure * (p0[i] + 2 * x * p1[i] + y * p2[i]);
    }
    for (int i = 0; i < out.length; i++) {
      float d = difference[i];
      out[i] += d > 0 ? l1 : d < 0 ? -l1 : 0;
    }
  }

  double absolute() {
    double sum = 0;
    for (float d : difference) {
      sum += Math.abs(d);
    }
    return sum;
  }

  double squares() {
    double sum = 0;
    for (float d : difference) {
      sum += d * d;
    }
    return sum;
  }
}
