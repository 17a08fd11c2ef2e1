package fovea.train;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import fovea.train.loop.TrainSettings;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void the_run_follows_from_data_and_settings_and_from_nothing_else() {
    UUID run = plan("1", "data", 3, Instant.EPOCH).run();
    assertThat(plan("1", "data", 4, Instant.now()).run()).isEqualTo(run);
    assertThat(plan("2", "data", 3, Instant.EPOCH).run()).isNotEqualTo(run);
    assertThat(plan("1", "other", 3, Instant.EPOCH).run()).isNotEqualTo(run);
  }

  private static TrainJob.Plan plan(String seed, String data, long version, Instant begun) {
    TrainSettings settings = TrainSettings.of(SettingValues.of(Map.of("seed", seed)));
    return new TrainJob.Plan(settings, version, data, begun, 0, new Consent(0, 0, 0));
  }
}
