package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.api.identity.Tokens;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.embedded.EmbeddedPostgres;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import fovea.registry.ApiRegistry;
import fovea.registry.Migrations;
import fovea.registry.NameCipher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresDownIT {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path folder;

  @Test
  void a_registry_that_is_gone_is_said_to_be_unavailable_and_no_more() {
    Tokens tokens = Tokens.of(SECRET, Duration.ofMinutes(1));
    ApiSettings settings = ApiSettings.of(SettingValues.of(Map.of("port", "0")));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
        ObjectStore objects = ObjectStore.open(ObjectStoreSettings.local(folder.resolve("o")))) {
      Migrations.run(postgres.owner());
      assertThatThrownBy(() -> ApiRegistry.open(postgres.owner(), NameCipher.of(SECRET)).close())
          .isInstanceOf(CallerMistake.class)
          .hasMessageContaining("row-level security");
      assertThatThrownBy(() -> ApiRegistry.open(postgres.jobs(), NameCipher.of(SECRET)).close())
          .isInstanceOf(CallerMistake.class)
          .hasMessageContaining("fovea_api");
      try (ApiRegistry registry = ApiRegistry.open(postgres.api(), NameCipher.of(SECRET));
          FoveaApi api = FoveaApi.start(settings, registry, objects, tokens)) {
        Client client = new Client(api.url(), null);
        assertThat(client.get("/v1/health").status()).isEqualTo(200);
        postgres.close();
        assertThat(client.get("/v1/health").json().toString())
            .isEqualTo(
                "{\"status\":\"unavailable\",\"postgres\":\"unavailable\",\"objects\":\"ok\"}");
        assertThat(client.get("/v1/health").status()).isEqualTo(503);
        Client.Reply signIn = client.post("/v1/sign-in", "{'email': 'a@b', 'password': 'x'}");
        assertThat(signIn.refusal()).isEqualTo("503 registry-unavailable");
        assertThat(signIn.json().toString()).doesNotContain("jdbc").doesNotContain("127.0.0.1");
      }
    }
  }
}
