package fovea.train.loop;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.Serializable;
import java.util.List;

/**
 * How weights move.
 *
 * @param learningRate at its height
 * @param warmUp share of all steps over which the rate rises
 * @param clip greatest global norm of a step's gradient; 0: any
 * @param ema decay of the averaged weights, which are the ones judged and kept; 0: none averaged
 */
public record OptimiserSettings(
    double learningRate, double warmUp, double weightDecay, double clip, double ema)
    implements Serializable {

  private static final Setting<Double> LEARNING_RATE =
      Setting.decimal("learning-rate", 2e-3, 1e-6, 1, "AdamW's rate at its height");
  private static final Setting<Double> WARM_UP =
      Setting.decimal("warm-up", 0.05, 0, 0.5, "Share of all steps over which the rate rises");
  private static final Setting<Double> WEIGHT_DECAY =
      Setting.decimal("weight-decay", 1e-2, 0, 1, "AdamW's weight decay");
  private static final Setting<Double> CLIP =
      Setting.decimal("clip", 5, 0, 1000, "Greatest norm of a step's gradient; 0 any");
  private static final Setting<Double> EMA =
      Setting.decimal(
          "ema", 0, 0, 0.9999, "Decay of the running average of weights that is kept; 0 none");

  static final List<Setting<?>> ALL = List.of(LEARNING_RATE, WARM_UP, WEIGHT_DECAY, CLIP, EMA);

  static OptimiserSettings of(SettingValues values) {
    return new OptimiserSettings(
        values.value(LEARNING_RATE),
        values.value(WARM_UP),
        values.value(WEIGHT_DECAY),
        values.value(CLIP),
        values.value(EMA));
  }
}
