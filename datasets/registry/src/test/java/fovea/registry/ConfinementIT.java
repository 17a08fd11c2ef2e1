package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfinementIT {
  private static final TestDatabase DATABASE = TestDatabase.shared();
  private static final NameCipher NAMES = NameCipher.of("0123456789abcdef0123456789abcdef");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LOGIN SUPERUSER|fovea_api|a superuser",
        "LOGIN BYPASSRLS|fovea_api|a role with BYPASSRLS",
        "LOGIN|fovea_api, fovea_jobs|a member of fovea_jobs",
        "LOGIN|pg_monitor|no member of fovea_api"
      })
  void a_login_that_row_level_security_does_not_hold_is_refused(
      String attributes, String groups, String why) {
    TestDatabase.ask(DATABASE.owner, "CREATE ROLE planted " + attributes + " PASSWORD 'x'");
    try {
      TestDatabase.ask(DATABASE.owner, "GRANT " + groups + " TO planted");
      assertThatThrownBy(() -> ApiRegistry.open(DATABASE.api.as("planted", "x"), NAMES).close())
          .isInstanceOfSatisfying(
              CallerMistake.class, refused -> assertThat(refused.code()).isEqualTo("unsafe-login"))
          .hasMessageContaining(why);
    } finally {
      TestDatabase.ask(DATABASE.owner, "DROP ROLE planted");
    }
  }
}
