package fovea.train.data;

/** A Gaussian blur of small pictures, separable, with the edge's pixels repeated beyond it. */
final class Blur {
  private Blur() {}

  /**
   * A new picture.
   *
   * @param rgb edge x edge x 3 bytes
   * @param deviation of the Gaussian in pixels, above 0; cut off at three of them
   */
  static byte[] apply(byte[] rgb, int edge, double deviation) {
    double[] kernel = kernel(deviation);
    double[] across = new double[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      across[i] = rgb[i] & 0xff;
    }
    double[] both = line(line(across, edge, kernel, 3), edge, kernel, 3 * edge);
    byte[] result = new byte[rgb.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) Math.round(both[i]);
    }
    return result;
  }

  // Along a row where stride is 3, along a column where it is 3 x edge.
  private static double[] line(double[] values, int edge, double[] kernel, int stride) {
    int reach = kernel.length / 2;
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int position = i / stride % edge;
      double sum = 0;
      for (int k = -reach; k <= reach; k++) {
        int source = Math.max(0, Math.min(edge - 1, position + k));
        sum += kernel[k + reach] * values[i + (source - position) * stride];
      }
      result[i] = sum;
    }
    return result;
  }

  private static double[] kernel(double deviation) {
    int reach = Math.max(1, (int) Math.ceil(3 * deviation));
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int k = -reach; k <= reach; k++) {
      kernel[k + reach] = Math.exp(-k * k / (2 * deviation * deviation));
      sum += kernel[k + reach];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }
}
