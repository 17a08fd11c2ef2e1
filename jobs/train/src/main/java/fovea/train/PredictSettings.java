package fovea.train;

import fovea.contract.consent.ConsentRule;
import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;
import java.util.Optional;

/**
 * What to predict with.
 *
 * @param run a training run; empty: the newest
 * @param batch images that go through the network together
 */
record PredictSettings(Optional<String> run, int batch) {
  private static final Setting<Optional<String>> RUN =
      Setting.optional("run", "Training run whose network predicts; else the newest");
  private static final Setting<Integer> BATCH =
      Setting.integer("batch", 32, 1, 1024, "Images that go through the network together");

  static final List<Setting<?>> ALL = List.of(RUN, BATCH, ConsentRule.UNRECORDED);

  static PredictSettings of(SettingValues values) {
    return new PredictSettings(values.value(RUN), values.value(BATCH));
  }
}
