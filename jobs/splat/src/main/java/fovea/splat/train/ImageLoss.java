package fovea.splat.train;

import fovea.splat.render.Workers;
import java.util.Arrays;

/**
 * 0.8 L1 + 0.2 (1 - SSIM) between a drawing and a photograph, with its gradient. Planes as in
 * {@link fovea.splat.render.Rasterizer}. Keeps its buffers: one object for each size of picture.
 *
 * <p>SSIM after Wang et al. 2004, window 11, sigma 1.5, on each colour.
 */
public final class ImageLoss {
  /** Weight of 1 - SSIM; the rest is L1. */
  public static final float DISSIMILARITY = 0.2f;

  private static final float C1 = 0.01f * 0.01f;
  private static final float C2 = 0.03f * 0.03f;
  private static final int ROWS = 16;

  private final Workers workers;
  private final int width;
  private final int height;
  private final float[][] fields = new float[5][]; // x, y, xx, yy, xy filtered along rows
  private final float[][] partials = new float[3][]; // dSSIM / d(mean x, mean xx, mean xy)
  private final float[][] filtered = new float[3][];
  private final double[] absolute;
  private final double[] similar;
  private final double[] square;
  private final float[][] padded;
  private final float[][][] columns;

  /** For pictures of this size. */
  public ImageLoss(int width, int height, Workers workers) {
    this.workers = workers;
    this.width = width;
    this.height = height;
    int size = 3 * width * height;
    for (int i = 0; i < fields.length; i++) {
      fields[i] = new float[size];
    }
    for (int i = 0; i < 3; i++) {
      partials[i] = new float[size];
      filtered[i] = fields[i]; // free again by then
    }
    absolute = new double[3 * height];
    similar = new double[3 * height];
    square = new double[3 * height];
    padded = new float[workers.threads()][width + 2 * Filter.RADIUS];
    columns = new float[workers.threads()][5][width];
  }

  /** Bytes of its buffers for a picture of this size. */
  public static long bytes(int width, int height) {
    return 8L * 3 * width * height * Float.BYTES;
  }

  /**
   * Compares.
   *
   * @param drawn planes, 0 to 1
   * @param photo planes, 0 to 255
   * @param gradient dLoss/dDrawn out
   */
  public Comparison compare(float[] drawn, byte[] photo, float[] gradient) {
    int rows = 3 * height;
    workers.loop(rows, ROWS, (from, to, worker) -> alongRows(drawn, photo, from, to, worker));
    workers.loop(rows, ROWS, this::similarity);
    workers.loop(rows, ROWS, this::partialsAlongRows);
    workers.loop(
        rows, ROWS, (from, to, worker) -> gradient(drawn, photo, gradient, from, to, worker));
    double size = 3.0 * width * height;
    double l1 = Arrays.stream(absolute).sum() / size;
    double ssim = Arrays.stream(similar).sum() / size;
    double mse = Arrays.stream(square).sum() / size;
    return new Comparison((1 - DISSIMILARITY) * l1 + DISSIMILARITY * (1 - ssim), psnr(mse), ssim);
  }

  /**
   * What came out.
   *
   * @param psnr decibels; at most 99 (identical pictures)
   * @param ssim mean over pixels and colours; 1 for identical pictures
   */
  public record Comparison(double loss, double psnr, double ssim) {}

  private static double psnr(double mse) {
    return Math.min(99, -10 * Math.log10(Math.max(mse, 1e-12)));
  }

  private void alongRows(float[] drawn, byte[] photo, int from, int to, int worker) {
    float[] p = padded[worker];
    float[] xs = columns[worker][0];
    float[] ys = columns[worker][1];
    for (int row = from; row < to; row++) {
      int at = row * width;
      for (int x = 0; x < width; x++) {
        xs[x] = drawn[at + x];
        ys[x] = (photo[at + x] & 0xff) * (1 / 255f);
      }
      filter(p, xs, null, fields[0], at);
      filter(p, ys, null, fields[1], at);
      filter(p, xs, xs, fields[2], at);
      filter(p, ys, ys, fields[3], at);
      filter(p, xs, ys, fields[4], at);
    }
  }

  private void filter(
      float[] p, float[] a, float @org.jspecify.annotations.Nullable [] b, float[] out, int at) {
    for (int x = 0; x < width; x++) {
      p[Filter.RADIUS + x] = b == null ? a[x] : a[x] * b[x];
    }
    Filter.row(p, out, at, width);
  }

  private void similarity(int from, int to, int worker) {
    float[][] c = columns[worker];
    for (int row = from; row < to; row++) {
      int plane = row / height * height * width;
      for (int f = 0; f < 5; f++) {
        Filter.column(fields[f], plane, width, height, row % height, c[f]);
      }
      similar[row] = similarity(c, row * width);
    }
  }

  private double similarity(float[][] c, int at) {
    double sum = 0;
    for (int x = 0; x < width; x++) {
      float mx = c[0][x];
      float my = c[1][x];
      float a1 = 2 * mx * my + C1;
      float a2 = 2 * (c[4][x] - mx * my) + C2;
      float b1 = mx * mx + my * my + C1;
      float b2 = (c[2][x] - mx * mx) + (c[3][x] - my * my) + C2;
      float inverse = 1 / (b1 * b2);
      float ssim = a1 * a2 * inverse;
      float byXy = 2 * a1 * inverse;
      float byXx = -ssim / b2;
      partials[0][at + x] = 2 * my * a2 * inverse - 2 * mx * ssim / b1 - 2 * mx * byXx - my * byXy;
      partials[1][at + x] = byXx;
      partials[2][at + x] = byXy;
      sum += ssim;
    }
    return sum;
  }

  private void partialsAlongRows(int from, int to, int worker) {
    float[] p = padded[worker];
    for (int row = from; row < to; row++) {
      int at = row * width;
      for (int f = 0; f < 3; f++) {
        System.arraycopy(partials[f], at, p, Filter.RADIUS, width);
        Filter.row(p, filtered[f], at, width);
      }
    }
  }

  private void gradient(
      float[] drawn, byte[] photo, float[] gradient, int from, int to, int worker) {
    float[][] c = columns[worker];
    float perPixel = 1f / (3 * width * height);
    float l1 = (1 - DISSIMILARITY) * perPixel;
    float structure = -DISSIMILARITY * perPixel;
    for (int row = from; row < to; row++) {
      int plane = row / height * height * width;
      for (int f = 0; f < 3; f++) {
        Filter.column(filtered[f], plane, width, height, row % height, c[f]);
      }
      int at = row * width;
      double sum = 0;
      double squares = 0;
      for (int x = 0; x < width; x++) {
        float value = drawn[at + x];
        float target = (photo[at + x] & 0xff) * (1 / 255f);
        float difference = value - target;
        sum += Math.abs(difference);
        squares += difference * difference;
        gradient[at + x] =
            l1 * Math.signum(difference)
                + structure * (c[0][x] + 2 * value * c[1][x] + target * c[2][x]);
      }
      absolute[row] = sum;
      square[row] = squares;
    }
  }
}
