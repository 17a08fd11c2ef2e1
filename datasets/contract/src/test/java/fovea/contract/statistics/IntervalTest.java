package fovea.contract.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Published values: Newcombe, Statistics in Medicine 17 (1998), 857-872 and 873-890. */
class IntervalTest {
  @Test
  void wilson_matches_the_published_table() {
    wilson(81, 263, 0.2553, 0.3662);
    wilson(15, 148, 0.0624, 0.1605);
    wilson(0, 20, 0, 0.1611);
    wilson(1, 29, 0.0061, 0.1718);
    wilson(20, 20, 1 - 0.1611, 1);
  }

  @Test
  void of_nobody_nothing_is_known() {
    assertThat(Interval.wilson(0, 0, Interval.Z95)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void an_area_of_one_without_spread_has_no_width() {
    assertThat(Interval.logit(1, 0, Interval.Z95)).isEqualTo(new Interval(1, 1));
  }

  @Test
  void newcombe_matches_the_published_table() {
    Interval difference = Interval.newcombe(56 / 70.0, 70, 48 / 80.0, 80, Interval.Z95);
    assertThat(difference.lower()).isCloseTo(0.0524, within(5e-5));
    assertThat(difference.upper()).isCloseTo(0.3339, within(5e-5));
  }

  @Test
  void more_comparisons_need_a_larger_quantile() {
    assertThat(Interval.zFor(1)).isEqualTo(Interval.Z95);
    // The normal quantiles of 1 - 0.025/3 and 1 - 0.025/10.
    assertThat(Interval.zFor(3)).isCloseTo(2.39398, within(5e-4));
    assertThat(Interval.zFor(10)).isCloseTo(2.80703, within(5e-4));
  }

  private static void wilson(long successes, long trials, double lower, double upper) {
    Interval interval = Interval.wilson((double) successes / trials, trials, Interval.Z95);
    assertThat(interval.lower()).isCloseTo(lower, within(5e-5));
    assertThat(interval.upper()).isCloseTo(upper, within(5e-5));
  }
}
