package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrySettingsTest {
  @Test
  void a_jdbc_url_takes_its_login_from_the_variables() {
    assertThat(
            RegistrySettings.from(
                Map.of(
                    "DATABASE_URL", "jdbc:postgresql://db:5432/fovea?sslmode=require",
                    "DATABASE_USER", "api",
                    "DATABASE_PASSWORD", "secret")))
        .isEqualTo(
            new RegistrySettings(
                "jdbc:postgresql://db:5432/fovea?sslmode=require", "api", "secret"));
  }

  @Test
  void in_production_another_machine_is_verified() {
    for (String[] urls :
        new String[][] {
          {"postgres://a@db/fovea", "jdbc:postgresql://db/fovea?sslmode=verify-full"},
          {"postgres://a@db/f?x=1", "jdbc:postgresql://db/f?x=1&sslmode=verify-full"},
          {"postgres://a@db/f?sslmode=disable", "jdbc:postgresql://db/f?sslmode=disable"},
          {"postgres://a@localhost:5432/f", "jdbc:postgresql://localhost:5432/f"}
        }) {
      Map<String, String> variables = Map.of("DATABASE_URL", urls[0], "NODE_ENV", "production");
      assertThat(RegistrySettings.from(variables).url()).isEqualTo(urls[1]);
    }
  }

  @Test
  void credentials_leave_the_url() {
    assertThat(
            RegistrySettings.from(
                Map.of("DATABASE_URL", "postgres://api:p%40ss+1@db/fovea?sslmode=require")))
        .isEqualTo(
            new RegistrySettings("jdbc:postgresql://db/fovea?sslmode=require", "api", "p@ss+1"));
    assertThat(
            RegistrySettings.from(
                Map.of("DATABASE_URL", "jdbc:postgresql://db:1/f?user=u&password=s")))
        .isEqualTo(new RegistrySettings("jdbc:postgresql://db:1/f", "u", "s"));
  }

  @Test
  void nothing_shown_contains_the_password() {
    RegistrySettings settings =
        RegistrySettings.from(Map.of("DATABASE_URL", "postgresql://api:hidden@db:5432/fovea"));
    assertThat(settings.toString()).doesNotContain("hidden");
    assertThatThrownBy(
            () -> RegistrySettings.from(Map.of("DATABASE_URL", "mysql://api:hidden@db/fovea")))
        .isInstanceOf(CallerMistake.class)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void a_missing_url_is_the_callers_mistake() {
    assertThatThrownBy(() -> RegistrySettings.from(Map.of()))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("DATABASE_URL");
  }
}
