package fovea.api.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.api.ApiSettings;
import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
        ModelUrls urls = urls(objects, settings);
        assertThat(urls.of(key).toString())
            .isEqualTo(
                "https://cdn.example.org/fovea/models/00000000-0000-0000-0000-000000000001/2/model.ply");
      }
    }
  }

  @Test
  void a_signed_url_is_what_nginx_expects_and_stays_the_same_for_a_while() {
    Cdn cdn =
        new Cdn(
            URI.create("https://cdn.example.org"),
            Optional.of("s".repeat(32)),
            Duration.ofHours(1));
    ObjectKey key = ObjectKey.model(new UUID(0, 1), 2, "model.glb");
    URI url = cdn.url(key, Instant.ofEpochSecond(7_205));
    // printf '14400/models/.../2/model.glb ssss...' | openssl md5 -binary | basenc --base64url
    assertThat(url.getQuery()).isEqualTo("expires=14400&md5=sWx4Ac-HLhmdD1laRQY48A");
    assertThat(cdn.url(key, Instant.ofEpochSecond(10_000))).isEqualTo(url);
    assertThat(cdn.url(key, Instant.ofEpochSecond(11_000))).isNotEqualTo(url);
  }

  @Test
  void what_signs_urls_is_long_enough_and_not_repeated() {
    assertThatThrownBy(() -> ApiSettings.of(SettingValues.of(Map.of("cdn-secret", "short"))))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("CDN_SECRET")
        .hasMessageNotContaining("short");
  }

  private static ModelUrls urls(ObjectStore objects, ApiSettings settings) {
    Duration lifetime = settings.downloadLifetime();
    return new ModelUrls(
        objects, settings.cdn().map(base -> new Cdn(base, Optional.empty(), lifetime)), lifetime);
  }

  @Test
  void a_cdn_that_is_no_url_is_the_callers_mistake() {
    assertThatThrownBy(() -> ApiSettings.of(SettingValues.of(Map.of("cdn", "cdn example"))))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("--cdn");
  }
}
