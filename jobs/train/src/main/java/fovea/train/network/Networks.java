package fovea.train.network;

import fovea.contract.errors.CallerMistake;
import fovea.train.network.EfficientNet.Scaling;
import java.util.ArrayList;
import java.util.List;

/** The architectures there are. */
public final class Networks {
  private static final List<Architecture> ALL = all();

  private Networks() {}

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(Architecture::name).toList();
  }

  /**
   * The architecture of a name.
   *
   * @throws CallerMistake {@code unknown-architecture}
   */
  public static Architecture byName(String name) {
    return ALL.stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CallerMistake(
                    "unknown-architecture",
                    "there is no architecture " + name,
                    "Choose one of " + String.join(", ", names())));
  }

  private static List<Architecture> all() {
    List<Architecture> all = new ArrayList<>();
    all.add(new Architecture("cnn", SmallCnn.LEAST_EDGE, SmallCnn::describe));
    all.add(new Architecture("resnet18", ResNet.LEAST_EDGE, ResNet::of18));
    all.add(new Architecture("resnet50", ResNet.LEAST_EDGE, ResNet::of50));
    for (int i = 0; i < Scaling.ALL.size(); i++) {
      Scaling scaling = Scaling.ALL.get(i);
      all.add(
          new Architecture(
              "efficientnet-b" + i,
              EfficientNet.LEAST_EDGE,
              outputs -> EfficientNet.describe(scaling, outputs)));
    }
    return List.copyOf(all);
  }
}
