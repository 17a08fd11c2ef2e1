package fovea.train.network;

import fovea.train.network.Layers.NormRule;
import java.util.List;

/**
 * EfficientNet (Tan and Le 2019) as torchvision has it: B0 to B7 are one network, wider and deeper
 * by the paper's coefficients. 5,288,548 weights for B0 with 1000 outputs.
 */
final class EfficientNet {
  /** The last stage sees a thirty-second of the edge. */
  static final int LEAST_EDGE = 32;

  private static final double SKIPPED = 0.2;
  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 3, 1, 16, 1),
          new Stage(6, 3, 2, 24, 2),
          new Stage(6, 5, 2, 40, 2),
          new Stage(6, 3, 2, 80, 3),
          new Stage(6, 5, 1, 112, 3),
          new Stage(6, 5, 2, 192, 4),
          new Stage(6, 3, 1, 320, 1));
  private static final int STEM = 32;
  private static final int HEAD = 4;

  private final Scaling scaling;
  private final Layers layers;

  private EfficientNet(Scaling scaling) {
    this.scaling = scaling;
    this.layers = new Layers(scaling.rule());
  }

  static Description describe(Scaling scaling, int outputs) {
    return new EfficientNet(scaling).describe(outputs);
  }

  private Description describe(int outputs) {
    int all = STAGES.stream().mapToInt(s -> scaling.depth(s.blocks())).sum();
    Flow x = layers.channelsLast(layers.input());
    x = convNorm("features.0", x, Conv.of(scaling.width(STEM), 3).stride(2));
    x = layers.silu(x);
    int before = 0;
    for (int number = 1; number <= STAGES.size(); number++) {
      Stage stage = STAGES.get(number - 1);
      for (int i = 0; i < scaling.depth(stage.blocks()); i++) {
        String name = "features." + number + "." + i + ".block.";
        x = block(name, x, i == 0 ? stage : stage.repeated(), SKIPPED * before / all);
        before++;
      }
    }
    int last = STAGES.size() + 1;
    x = layers.silu(convNorm("features." + last, x, Conv.of(HEAD * x.channels(), 1)));
    x = layers.dropout(layers.globalMean(x), scaling.dropout());
    return layers.finish(layers.linear("classifier.1", x, outputs));
  }

  // Widen, filter each channel by itself, weigh the channels, narrow, and add what came in.
  private Flow block(String name, Flow x, Stage stage, double skipped) {
    int next = 0;
    int wide = x.channels() * stage.expansion();
    Flow y = x;
    if (wide != x.channels()) {
      y = layers.silu(convNorm(name + next++, y, Conv.of(wide, 1)));
    }
    Conv depthwise = Conv.of(wide, stage.kernel()).stride(stage.stride()).groups(wide);
    y = layers.silu(convNorm(name + next++, y, depthwise));
    y = weighChannels(name + next++, y, Math.max(1, x.channels() / 4));
    y = convNorm(name + next, y, Conv.of(scaling.width(stage.channels()), 1));
    if (stage.stride() != 1 || x.channels() != y.channels()) {
      return y;
    }
    return layers.add(skipped > 0 ? layers.skipPictures(y, skipped) : y, x);
  }

  // Squeeze and excitation (Hu et al. 2018).
  private Flow weighChannels(String name, Flow x, int squeezed) {
    Flow factors = layers.convWithBias(name + ".fc1", layers.squeeze(x), Conv.of(squeezed, 1));
    factors = layers.silu(factors);
    factors = layers.convWithBias(name + ".fc2", factors, Conv.of(x.channels(), 1));
    return layers.scale(x, layers.sigmoid(factors));
  }

  private Flow convNorm(String name, Flow x, Conv conv) {
    return layers.norm(name + ".1", layers.conv(name + ".0", x, conv));
  }

  /** A stage of B0; only its first block has the stride. */
  private record Stage(int expansion, int kernel, int stride, int channels, int blocks) {
    Stage repeated() {
      return new Stage(expansion, kernel, 1, channels, blocks);
    }
  }

  /**
   * What makes B1 to B7 of B0.
   *
   * @param wider factor of the channels
   * @param deeper factor of the blocks of a stage
   */
  record Scaling(double wider, double deeper, double dropout, NormRule rule) {
    private static final NormRule OF_LARGE_ONES = new NormRule(0.01, 1e-3);

    /** B0 to B7, in order. */
    static final List<Scaling> ALL =
        List.of(
            new Scaling(1.0, 1.0, 0.2, NormRule.USUAL),
            new Scaling(1.0, 1.1, 0.2, NormRule.USUAL),
            new Scaling(1.1, 1.2, 0.3, NormRule.USUAL),
            new Scaling(1.2, 1.4, 0.3, NormRule.USUAL),
            new Scaling(1.4, 1.8, 0.4, NormRule.USUAL),
            new Scaling(1.6, 2.2, 0.4, OF_LARGE_ONES),
            new Scaling(1.8, 2.6, 0.5, OF_LARGE_ONES),
            new Scaling(2.0, 3.1, 0.5, OF_LARGE_ONES));

    int depth(int blocks) {
      return (int) Math.ceil(blocks * deeper);
    }

    /** The nearest multiple of 8, but not more than a tenth below. */
    int width(int channels) {
      double wanted = channels * wider;
      int rounded = Math.max(8, (int) (wanted + 4) / 8 * 8);
      return rounded < 0.9 * wanted ? rounded + 8 : rounded;
    }
  }
}
