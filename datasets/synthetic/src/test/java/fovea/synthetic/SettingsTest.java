package fovea.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.Setting;
import fovea.contract.settings.SettingValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void defaults_make_sound_settings_and_flags_override_them() {
    SettingValues values = SettingValues.of(Map.of("patients", "12", "views", "5"));
    assertThat(CohortSettings.of(values).patients()).isEqualTo(12);
    assertThat(CohortSettings.of(values).underLabelling()).isEqualTo(0.35);
    assertThat(SceneSettings.of(values).views()).isEqualTo(5);
  }

  @Test
  void every_setting_has_its_help() {
    for (List<Setting<?>> room : List.of(CohortSettings.ALL, SceneSettings.ALL)) {
      assertThat(room).allMatch(setting -> setting.help().length() > 10);
    }
  }
}
