package fovea.contract.consent;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.settings.SettingValues;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsentRuleTest {
  @Test
  void who_withdrew_is_refused_by_every_rule() {
    for (ConsentRule rule : ConsentRule.values()) {
      assertThat(rule.refused()).contains("withdrawn").doesNotContain("given");
    }
  }

  @Test
  void what_is_not_recorded_counts_as_given_only_where_the_setting_says_so() {
    assertThat(rule("given").refused()).doesNotContain("unrecorded");
    assertThat(rule("refused").refused()).contains("unrecorded");
  }

  @Test
  void words_are_read_as_they_are_written() {
    for (Purpose purpose : Purpose.values()) {
      assertThat(Purpose.of(purpose.word())).contains(purpose);
    }
    for (Decision decision : Decision.values()) {
      assertThat(Decision.of(decision.word())).contains(decision);
    }
    assertThat(Purpose.of("marketing")).isEmpty();
  }

  private static ConsentRule rule(String word) {
    return ConsentRule.of(SettingValues.of(Map.of("unrecorded-consent", word)));
  }
}
