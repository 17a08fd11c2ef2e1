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

  @Test
  void there_are_permutations_enough_for_the_larger_family_to_pass_holm() {
    Synthetic cohort = new Synthetic(1).group("a", 30, 1, 0.4, 1.5, 0);
    int attributes = 6;
    int permutations =
        Inference.permutations(attributes, cohort.measures(), new Inference.Plan(100, 1, 10));
    // Every p of the second family as small as it can be; 10 metrics an attribute have one.
    double[] p = new double[attributes * 10];
    java.util.Arrays.fill(p, 0.5 / (1 + permutations));
    assertThat(Verdicts.largestFamily(cohort.measures())).isEqualTo(10);
    assertThat(Multiplicity.holm(p)[0]).isLessThan(0.05);
  }
}
