package fovea.train.network;

import fovea.train.network.StateTensor.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The description of a network: every call adds a layer, that is, the tensors it needs and the line
 * of TorchScript that applies it. Names of layers are those of torchvision where it has the
 * network.
 */
final class Layers {
  /** How fast running statistics follow the batches, and what is added to a variance. */
  record NormRule(double momentum, double epsilon) {
    static final NormRule USUAL = new NormRule(0.1, 1e-5);
  }

  private static final FirstValues ZEROS = FirstValues.constant(0);
  private static final FirstValues ONES = FirstValues.constant(1);

  private final List<StateTensor> state = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final NormRule rule;
  private String embedding = "x";

  Layers() {
    this(NormRule.USUAL);
  }

  Layers(NormRule rule) {
    this.rule = rule;
  }

  /** What the network is given: colours N x 3 x height x width, in the engine's usual layout. */
  Flow input() {
    return new Flow("x", 3);
  }

  /**
   * The same values, in memory with the channels of a pixel side by side (format 2), and so in
   * every layer after it. Faster on a processor where the weights of a layer are few: each step
   * brings them into this layout, too, which for the wide convolutions of a ResNet costs more than
   * it saves.
   */
  Flow channelsLast(Flow x) {
    return line(x.channels(), "torch.contiguous(%s, memory_format=2)", x.name());
  }

  Flow conv(String name, Flow x, Conv conv) {
    return conv(name, x, conv, "None");
  }

  Flow convWithBias(String name, Flow x, Conv conv) {
    return conv(name, x, conv, path(name + ".bias"));
  }

  private Flow conv(String name, Flow x, Conv conv, String bias) {
    int k = conv.kernel();
    weight(
        name + ".weight",
        List.of(conv.channels(), x.channels() / conv.groups(), k, k),
        FirstValues.kaiming(conv.fanOut()));
    if (!bias.equals("None")) {
      weight(name + ".bias", List.of(conv.channels()), ZEROS);
    }
    return line(
        conv.channels(),
        "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d], [1, 1], %d)",
        x.name(),
        path(name + ".weight"),
        bias,
        conv.stride(),
        conv.stride(),
        k / 2,
        k / 2,
        conv.groups());
  }

  Flow norm(String name, Flow x) {
    List<Integer> shape = List.of(x.channels());
    weight(name + ".weight", shape, ONES);
    weight(name + ".bias", shape, ZEROS);
    state.add(new StateTensor(name + ".running_mean", shape, Role.STATISTIC, ZEROS));
    state.add(new StateTensor(name + ".running_var", shape, Role.STATISTIC, ONES));
    return line(
        x.channels(),
        "torch.batch_norm(%s, %s, %s, %s, %s, self.training, %s, %s, True)",
        x.name(),
        path(name + ".weight"),
        path(name + ".bias"),
        path(name + ".running_mean"),
        path(name + ".running_var"),
        rule.momentum(),
        rule.epsilon());
  }

  Flow linear(String name, Flow x, int outputs) {
    FirstValues first = FirstValues.uniform(x.channels());
    embedding = x.name();
    weight(name + ".weight", List.of(outputs, x.channels()), first);
    weight(name + ".bias", List.of(outputs), first);
    String weights = path(name + ".weight");
    return line(outputs, "torch.linear(%s, %s, %s)", x.name(), weights, path(name + ".bias"));
  }

  Flow relu(Flow x) {
    return line(x.channels(), "torch.relu_(%s)", x.name());
  }

  Flow silu(Flow x) {
    return line(x.channels(), "torch.silu(%s)", x.name());
  }

  Flow sigmoid(Flow x) {
    return line(x.channels(), "torch.sigmoid(%s)", x.name());
  }

  /** The sum; the first is overwritten. */
  Flow add(Flow x, Flow y) {
    return line(x.channels(), "torch.add_(%s, %s)", x.name(), y.name());
  }

  Flow scale(Flow x, Flow factors) {
    return line(x.channels(), "torch.mul(%s, %s)", x.name(), factors.name());
  }

  Flow maxPool(Flow x, int kernel, int stride, int padding) {
    return line(
        x.channels(),
        "torch.max_pool2d(%s, [%d, %d], [%d, %d], [%d, %d], [1, 1], False)",
        x.name(),
        kernel,
        kernel,
        stride,
        stride,
        padding,
        padding);
  }

  /** The mean over the picture: N x channels x 1 x 1. */
  Flow squeeze(Flow x) {
    return line(x.channels(), "torch.mean(%s, [2, 3], True)", x.name());
  }

  /** The mean over the picture: N x channels. */
  Flow globalMean(Flow x) {
    return line(x.channels(), "torch.mean(%s, [2, 3])", x.name());
  }

  Flow dropout(Flow x, double share) {
    return line(x.channels(), "torch.dropout(%s, %s, self.training)", x.name(), share);
  }

  /** Stochastic depth (Huang et al. 2016): while learning, a share of the pictures is skipped. */
  Flow skipPictures(Flow x, double share) {
    return line(x.channels(), "self.skip_pictures(%s, %s, self.training)", x.name(), share);
  }

  Description finish(Flow x) {
    return new Description(List.copyOf(state), List.copyOf(lines), embedding, x.name());
  }

  private void weight(String name, List<Integer> shape, FirstValues first) {
    state.add(new StateTensor(name, shape, Role.WEIGHT, first));
  }

  private static String path(String name) {
    return ModuleCode.path(name);
  }

  private Flow line(int channels, String format, Object... values) {
    String name = "x" + lines.size();
    lines.add(name + " = " + String.format(Locale.ROOT, format, values));
    return new Flow(name, channels);
  }
}
