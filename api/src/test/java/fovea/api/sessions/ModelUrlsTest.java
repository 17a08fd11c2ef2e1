package fovea.api.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.api.ApiSettings;
import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelUrlsTest {
  @TempDir Path folder;

  @Test
  void a_cdn_stands_before_the_key_whether_or_not_it_ends_in_a_slash() {
    ObjectKey key = ObjectKey.model(new UUID(0, 1), 2, "model.ply");
    for (String cdn :
        new String[] {"https://cdn.example.org/fovea", "https://cdn.example.org/fovea/"}) {
      ApiSettings settings = ApiSettings.of(SettingValues.from(Map.of("CDN_BASE_URL", cdn)));
      try (ObjectStore objects = ObjectStore.open(ObjectStoreSettings.local(folder))) {
        ModelUrls urls = new ModelUrls(objects, settings.cdn(), settings.downloadLifetime());
        assertThat(urls.of(key).toString())
            .isEqualTo(
                "https://cdn.example.org/fovea/models/00000000-0000-0000-0000-000000000001/2/model.ply");
      }
    }
  }

  @Test
  void a_cdn_that_is_no_url_is_the_callers_mistake() {
    assertThatThrownBy(() -> ApiSettings.of(SettingValues.of(Map.of("cdn", "cdn example"))))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("--cdn");
  }
}
