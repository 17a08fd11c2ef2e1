package fovea.contract.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeBandTest {
  @ParameterizedTest
  @CsvSource({"0,0-17", "17,0-17", "18,18-39", "40,40-49", "89,80-89", "90,90+", "150,90+"})
  void each_age_is_in_one_band(int years, String label) {
    assertThat(AgeBand.of(years).label()).isEqualTo(label);
  }

  @Test
  void an_impossible_age_is_refused() {
    assertThatThrownBy(() -> AgeBand.of(-1)).hasMessageContaining("between 0 and 150");
    assertThatThrownBy(() -> AgeBand.of(151)).hasMessageContaining("between 0 and 150");
  }
}
