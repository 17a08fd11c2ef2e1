package fovea.bias.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MultiplicityTest {
  // R: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.8), "holm") and "BH".
  private static final double[] P = {0.01, 0.04, 0.03, 0.005, 0.8};

  @Test
  void holm_is_what_r_prints() {
    assertThat(Multiplicity.holm(P))
        .containsExactly(new double[] {0.04, 0.09, 0.09, 0.025, 0.8}, within(1e-12));
  }

  @Test
  void benjamini_hochberg_is_what_r_prints() {
    assertThat(Multiplicity.benjaminiHochberg(P))
        .containsExactly(new double[] {0.025, 0.05, 0.05, 0.025, 0.8}, within(1e-12));
  }

  @Test
  void a_rank_counts_ties_half_and_is_never_zero() {
    assertThat(Multiplicity.rank(3, new double[] {1, 2, 3, 4})).isEqualTo(2.5 / 5);
    assertThat(Multiplicity.rank(9, new double[] {1, 2, 3, 4})).isEqualTo(1 / 5.0);
  }
}
