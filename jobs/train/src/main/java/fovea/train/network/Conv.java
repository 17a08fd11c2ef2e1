package fovea.train.network;

/**
 * A square convolution without bias that keeps the edge (divided by the stride).
 *
 * @param channels it gives
 * @param groups 1, or the channels for a depthwise one
 */
record Conv(int channels, int kernel, int stride, int groups) {

  static Conv of(int channels, int kernel) {
    return new Conv(channels, kernel, 1, 1);
  }

  Conv stride(int pixels) {
    return new Conv(channels, kernel, pixels, groups);
  }

  Conv groups(int number) {
    return new Conv(channels, kernel, stride, number);
  }

  /**
   * Inputs an output channel's backward pass adds up, as PyTorch counts them: groups are ignored.
   */
  int fanOut() {
    return channels * kernel * kernel;
  }
}
