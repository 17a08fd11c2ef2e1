package fovea.train.loop;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import fovea.train.data.Objective;
import java.io.Serializable;
import java.util.List;

/**
 * What is minimised.
 *
 * @param gamma how far well-answered pictures are left aside; 0: plain cross-entropy
 * @param smoothing share of every target that is spread over all classes
 * @param balanced whether all classes of the training part weigh the same in all
 */
public record LossSettings(Objective objective, double gamma, double smoothing, boolean balanced)
    implements Serializable {

  private static final String FOCAL = "focal";
  private static final String BALANCED = "balanced";

  private static final Setting<String> OBJECTIVE =
      Setting.choice(
          "objective",
          Objective.BINARY.word(),
          Objective.words(),
          "What the network is asked: referable or not, grade above 0 1 2 3, or which grade");
  private static final Setting<String> LOSS =
      Setting.choice("loss", "cross-entropy", List.of("cross-entropy", FOCAL), "What is minimised");
  private static final Setting<Double> GAMMA =
      Setting.decimal("focal-gamma", 2, 0, 5, "How far focal loss leaves easy images aside");
  private static final Setting<Double> SMOOTHING =
      Setting.decimal("label-smoothing", 0, 0, 0.5, "Share of a label spread over all classes");
  private static final Setting<String> WEIGHTS =
      Setting.choice(
          "class-weights",
          BALANCED,
          List.of(BALANCED, "none"),
          "Whether rare classes weigh as much in all as frequent ones");

  static final List<Setting<?>> ALL = List.of(OBJECTIVE, LOSS, GAMMA, SMOOTHING, WEIGHTS);

  static LossSettings of(SettingValues values) {
    return new LossSettings(
        Objective.of(values.value(OBJECTIVE)),
        values.value(LOSS).equals(FOCAL) ? values.value(GAMMA) : 0,
        values.value(SMOOTHING),
        values.value(WEIGHTS).equals(BALANCED));
  }
}
