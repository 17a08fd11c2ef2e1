package fovea.bias.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where groups do not differ, 4 to 6 of 100 cohorts are called different at the 5% level, give or
 * take the chance of so many cohorts: with two eyes alike a patient, with groups of unequal size
 * and base rate, and between the two eyes of the same patients. {@link NullMain} looks at more.
 */
class NullTest {
  private static final int COHORTS = 1000;
  // Of a rate of 5% over the cohorts, 2.6 standard errors: 99 of 100 runs of a true 4% or 6% pass.
  private static final double CHANCE = 2.6 * Math.sqrt(5.0 * 95 / COHORTS);

  @ParameterizedTest
  @EnumSource
  void equal_groups_are_called_different_at_the_level_asked_for(NullScenario scenario) {
    int[] rejected = scenario.rejected(0, COHORTS);
    for (int m = 0; m < rejected.length; m++) {
      assertThat(100.0 * rejected[m] / COHORTS)
          .as(scenario.metrics().get(m))
          .isBetween(4 - CHANCE, 6 + CHANCE);
    }
  }
}
