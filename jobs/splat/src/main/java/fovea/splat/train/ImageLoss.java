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

  private static final int ROWS = 16;

  private final Workers workers;
  private final int width;
  private final int height;
  private final float[][] drawings; // rows of what was drawn, padded
  private final float[][] photos;
  private final float[][][] partials; // dSSIM / d(mean x, mean xx, mean xy), filtered along rows
  private final double[] absolute;
  private final double[] similar;
  private final double[] square;
  private final Rows[] scratch;

  /** For pictures of this size. */
  public ImageLoss(int width, int height, Workers workers) {
    this.workers = workers;
    this.width = width;
    this.height = height;
    int padded = width + 2 * Filter.RADIUS;
    drawings = new float[3 * height][padded];
    photos = new float[3 * height][padded];
    partials = new float[3][3 * height][width];
    absolute = new double[3 * height];
    similar = new double[3 * height];
    square = new double[3 * height];
    scratch = new Rows[workers.threads()];
    java.util.Arrays.setAll(scratch, worker -> new Rows(width));
  }

  /** Bytes of its buffers for a picture of this size. */
  public static long bytes(int width, int height) {
    return 3L * height * (5L * width + 4 * Filter.RADIUS) * Float.BYTES;
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
    workers.loop(rows, ROWS, (from, to, worker) -> load(drawn, photo, from, to));
    workers.loop(rows, ROWS, this::similarity);
    workers.loop(rows, ROWS, (from, to, worker) -> gradient(gradient, from, to, worker));
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

  private void load(float[] drawn, byte[] photo, int from, int to) {
    for (int row = from; row < to; row++) {
      System.arraycopy(drawn, row * width, drawings[row], Filter.RADIUS, width);
      float[] target = photos[row];
      for (int x = 0; x < width; x++) {
        target[Filter.RADIUS + x] = (photo[row * width + x] & 0xff) * (1 / 255f);
      }
    }
  }

  private void similarity(int from, int to, int worker) {
    Rows rows = scratch[worker];
    for (int row = from; row < to; row++) {
      rows.means(drawings, photos, row, height);
      similar[row] = rows.similarity();
      rows.partials(partials, row);
    }
  }

  private void gradient(float[] gradient, int from, int to, int worker) {
    Rows rows = scratch[worker];
    float perPixel = 1f / (3 * width * height);
    for (int row = from; row < to; row++) {
      rows.adjoint(partials, row, height);
      rows.gradient(
          drawings[row], photos[row], (1 - DISSIMILARITY) * perPixel, -DISSIMILARITY * perPixel);
      System.arraycopy(rows.gradient, 0, gradient, row * width, width);
      absolute[row] = rows.absolute();
      square[row] = rows.squares();
    }
  }
}
