package fovea.train.loop;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.io.Serializable;
import java.util.List;

/**
 * How many train together.
 *
 * @param trainers each with its share of the training part; 1: one has it all
 * @param localSteps between two averages of what the trainers have become
 */
public record ScaleSettings(int trainers, int localSteps) implements Serializable {

  private static final Setting<Integer> TRAINERS =
      Setting.integer(
          "trainers", 1, 1, 256, "Trainers side by side, best one an executor; 1 averages nothing");
  private static final Setting<Integer> LOCAL_STEPS =
      Setting.integer(
          "local-steps", 8, 1, 100_000, "Steps of each trainer between two averages of all");

  static final List<Setting<?>> ALL = List.of(TRAINERS, LOCAL_STEPS);

  static ScaleSettings of(SettingValues values) {
    return new ScaleSettings(values.value(TRAINERS), values.value(LOCAL_STEPS));
  }
}
