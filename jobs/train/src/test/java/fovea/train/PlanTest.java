package fovea.train;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.train.loop.TrainSettings;
import fovea.train.network.FirstWeights;
import fovea.train.network.Taken;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void the_run_follows_from_data_and_settings_and_from_nothing_else() {
    UUID run = plan("1", "data", 3, Instant.EPOCH).run();
    assertThat(plan("1", "data", 4, Instant.now()).run()).isEqualTo(run);
    assertThat(plan("2", "data", 3, Instant.EPOCH).run()).isNotEqualTo(run);
    assertThat(plan("1", "other", 3, Instant.EPOCH).run()).isNotEqualTo(run);
    UUID begunWith = plan("1", "data", 3, Instant.EPOCH, "aa").run();
    assertThat(begunWith).isNotEqualTo(run);
    assertThat(plan("1", "data", 4, Instant.now(), "aa").run()).isEqualTo(begunWith);
    assertThat(plan("1", "data", 3, Instant.EPOCH, "bb").run()).isNotEqualTo(begunWith);
  }

  private static Optional<Start> start(String hash) {
    FirstWeights weights = new FirstWeights(new float[0], new Taken(1, 0));
    return hash.isEmpty() ? Optional.empty() : Optional.of(new Start("file:x", hash, weights));
  }

  private static TrainJob.Plan plan(String seed, String data, long version, Instant begun) {
    return plan(seed, data, version, begun, "");
  }

  private static TrainJob.Plan plan(
      String seed, String data, long version, Instant begun, String hash) {
    // The name of the file is no part of it, only what lies there.
    String name = "file:" + version;
    TrainSettings settings =
        TrainSettings.of(SettingValues.of(Map.of("seed", seed, "start-from", name)));
    return TrainJob.Plan.of(
        settings, "v1", start(hash), version, data, begun, 0, new Consent(0, 0, 0));
  }
}
