package fovea.train.network;

import fovea.contract.errors.CallerMistake;
import java.util.List;

/** The architectures there are. */
public final class Networks {
  private static final List<Architecture> ALL =
      List.of(new Architecture("cnn", SmallCnn.LEAST_EDGE, SmallCnn::block));

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
}
