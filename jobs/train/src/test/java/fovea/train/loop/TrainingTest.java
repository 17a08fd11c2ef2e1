package fovea.train.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.hash.Sha256;
import fovea.contract.settings.SettingValues;
import fovea.train.network.WeightsFile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
  private static final TrainSettings FEW_EPOCHS = settings(Map.of("epochs", "5"));

  @Test
  void bright_discs_are_told_from_dark_ones() {
    Trained trained = Training.run(Discs.samples(200, 32, 1), FEW_EPOCHS, epoch -> {});
    assertThat(trained.test().auc()).isGreaterThan(0.95);
    assertThat(trained.history()).hasSize(5);
    assertThat(trained.history().get(4).trainLoss())
        .isLessThan(trained.history().get(0).trainLoss());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ordinal", "grades"})
  void grades_are_learnt_in_order_or_by_class(String objective) {
    TrainSettings settings =
        settings(Map.of("epochs", "6", "objective", objective, "loss", "focal", "ema", "0.9"));
    Trained trained = Training.run(Discs.graded(200, 32, 1), settings, epoch -> {});
    assertThat(trained.test().auc()).isGreaterThan(0.95);
    assertThat(trained.history().get(5).trainLoss())
        .isLessThan(trained.history().get(0).trainLoss());
  }

  @Test
  void the_same_seed_gives_the_same_weights_and_another_seed_others() {
    TrainSettings one = settings(Map.of("epochs", "2", "seed", "7"));
    TrainSettings other = settings(Map.of("epochs", "2", "seed", "8"));
    assertThat(hash(one)).isEqualTo(hash(one)).isNotEqualTo(hash(other));
  }

  @Test
  void patience_ends_the_training_once_nothing_improves() {
    TrainSettings patient = settings(Map.of("epochs", "60", "patience", "2"));
    Trained trained = Training.run(Discs.samples(100, 32, 1), patient, epoch -> {});
    assertThat(trained.history().size()).isEqualTo(trained.bestEpoch() + 2).isLessThan(60);
  }

  private static String hash(TrainSettings settings) {
    Trained trained = Training.run(Discs.samples(80, 32, 1), settings, epoch -> {});
    return Sha256.of(WeightsFile.write(trained.values()));
  }

  static TrainSettings settings(Map<String, String> flags) {
    Map<String, String> all = new java.util.HashMap<>(flags);
    all.putIfAbsent("image-size", "32");
    all.putIfAbsent("batch", "16");
    all.putIfAbsent("threads", "1");
    return TrainSettings.of(SettingValues.of(all));
  }
}
