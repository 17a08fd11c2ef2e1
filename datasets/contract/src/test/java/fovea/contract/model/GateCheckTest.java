package fovea.contract.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fovea.contract.model.GateCheck.Bound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateCheckTest {
  @Test
  void the_limit_itself_passes_on_either_side() {
    assertThat(GateCheck.of("auc", 0.8, Bound.AT_LEAST, 0.8, "").passed()).isTrue();
    assertThat(GateCheck.of("gap", 0.1, Bound.AT_MOST, 0.1, "").passed()).isTrue();
  }

  @Test
  void beyond_the_limit_nothing_passes_and_the_reason_says_so() {
    GateCheck floor = GateCheck.of("auc", Math.nextDown(0.8), Bound.AT_LEAST, 0.8, "");
    GateCheck ceiling = GateCheck.of("gap", Math.nextUp(0.1), Bound.AT_MOST, 0.1, "without x");
    assertThat(floor.passed()).isFalse();
    assertThat(floor.reason()).isEqualTo("below the limit");
    assertThat(ceiling.passed()).isFalse();
    assertThat(ceiling.reason()).isEqualTo("above the limit; without x");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void what_is_no_number_never_passes_however_generous_the_limit(Double value) {
    for (Bound bound : Bound.values()) {
      double generous = bound == Bound.AT_LEAST ? -1e300 : 1e300;
      GateCheck check = GateCheck.of("auc", value, bound, generous, "");
      assertThat(check.passed()).isFalse();
      assertThat(check.value()).isNull();
      assertThat(check.reason()).isEqualTo("there is no such number");
    }
  }

  @Test
  void a_verdict_against_its_own_numbers_cannot_be_made() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GateCheck("auc", 0.7, Bound.AT_LEAST, 0.8, true, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GateCheck("auc", Double.NaN, Bound.AT_MOST, 0.8, true, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GateCheck("auc", 0.9, Bound.AT_LEAST, 0.8, false, ""));
  }

  @Test
  void a_limit_that_is_no_number_lets_nothing_pass() {
    assertThat(GateCheck.of("auc", 0.9, Bound.AT_LEAST, Double.NaN, "").passed()).isFalse();
  }
}
