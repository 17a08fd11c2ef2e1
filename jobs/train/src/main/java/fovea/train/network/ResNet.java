package fovea.train.network;

/**
 * Residual networks (He et al. 2015) as torchvision has them: the stride lies in the 3 x 3
 * convolution. 11,689,512 weights for ResNet-18 and 25,557,032 for ResNet-50 with 1000 outputs.
 */
final class ResNet {
  /** The last stage sees a thirty-second of the edge. */
  static final int LEAST_EDGE = 32;

  private static final int STEM = 64;

  private final Layers layers = new Layers();
  private final Branch branch;
  private final int expansion;

  private ResNet(Branch branch, int expansion) {
    this.branch = branch;
    this.expansion = expansion;
  }

  static Description of18(int outputs) {
    return new ResNet(ResNet::basic, 1).describe(outputs, 2, 2, 2, 2);
  }

  static Description of50(int outputs) {
    return new ResNet(ResNet::bottleneck, 4).describe(outputs, 3, 4, 6, 3);
  }

  private Description describe(int outputs, int... blocks) {
    Flow x = layers.conv("conv1", layers.input(), Conv.of(STEM, 7).stride(2));
    x = layers.maxPool(layers.relu(layers.norm("bn1", x)), 3, 2, 1);
    for (int stage = 0; stage < blocks.length; stage++) {
      for (int i = 0; i < blocks[stage]; i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        x = block("layer" + (stage + 1) + "." + i + ".", x, STEM << stage, stride);
      }
    }
    return layers.finish(layers.linear("fc", layers.globalMean(x), outputs));
  }

  private Flow block(String name, Flow x, int width, int stride) {
    Flow y = branch.add(this, name, x, width, stride);
    Flow around = x;
    if (stride != 1 || x.channels() != y.channels()) {
      around = layers.conv(name + "downsample.0", x, Conv.of(y.channels(), 1).stride(stride));
      around = layers.norm(name + "downsample.1", around);
    }
    return layers.relu(layers.add(y, around));
  }

  private Flow basic(String name, Flow x, int width, int stride) {
    Flow y = layers.relu(convNorm(name, 1, x, Conv.of(width, 3).stride(stride)));
    return convNorm(name, 2, y, Conv.of(width, 3));
  }

  private Flow bottleneck(String name, Flow x, int width, int stride) {
    Flow y = layers.relu(convNorm(name, 1, x, Conv.of(width, 1)));
    y = layers.relu(convNorm(name, 2, y, Conv.of(width, 3).stride(stride)));
    return convNorm(name, 3, y, Conv.of(width * expansion, 1));
  }

  private Flow convNorm(String name, int number, Flow x, Conv conv) {
    return layers.norm(name + "bn" + number, layers.conv(name + "conv" + number, x, conv));
  }

  /** What lies beside the shortcut of a block. */
  private interface Branch {
    Flow add(ResNet network, String name, Flow x, int width, int stride);
  }
}
