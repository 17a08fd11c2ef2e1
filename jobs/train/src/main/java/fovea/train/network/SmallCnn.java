package fovea.train.network;

/**
 * A small network for small pictures: five stages of 3 x 3 convolution, batch normalisation and
 * ReLU, halved by pooling between them, then the mean over the picture, dropout and the logits.
 */
final class SmallCnn {
  /** Four halvings leave 2 x 2. */
  static final int LEAST_EDGE = 32;

  private static final int[] CHANNELS = {16, 32, 64, 128, 192};
  private static final double DROPOUT = 0.2;

  private SmallCnn() {}

  /** 319,441 weights for one output. */
  static Description describe(int outputs) {
    Layers layers = new Layers();
    Flow x = layers.channelsLast(layers.input());
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      if (stage > 0) {
        x = layers.maxPool(x, 2, 2, 0);
      }
      x = layers.conv("features." + stage + ".0", x, Conv.of(CHANNELS[stage], 3));
      x = layers.relu(layers.norm("features." + stage + ".1", x));
    }
    x = layers.dropout(layers.globalMean(x), DROPOUT);
    return layers.finish(layers.linear("classifier", x, outputs));
  }
}
