package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.errors.CallerMistake;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The numbers SynapseML's tests of its data balance measures assert, on nine people: four men,
 * three women, two others; two Asian, three White, three Black, one other.
 */
class BalanceTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final double[] GENDER = {4 / 9.0, 3 / 9.0, 2 / 9.0};
  private static final double[] ETHNICITY = {2 / 9.0, 3 / 9.0, 3 / 9.0, 1 / 9.0};
  private static final double[] EVEN3 = {1 / 3.0, 1 / 3.0, 1 / 3.0};
  private static final double[] EVEN4 = {0.25, 0.25, 0.25, 0.25};

  @Test
  void distances_to_the_even_reference() {
    assertThat(Balance.klDivergence(GENDER, EVEN3)).isCloseTo(0.03775534151008829, EXACT);
    assertThat(Balance.jensenShannon(GENDER, EVEN3)).isCloseTo(0.09785224086736323, EXACT);
    assertThat(Balance.infinityNorm(GENDER, EVEN3)).isCloseTo(0.1111111111111111, EXACT);
    assertThat(Balance.totalVariation(GENDER, EVEN3)).isCloseTo(0.1111111111111111, EXACT);
    assertThat(Balance.klDivergence(ETHNICITY, EVEN4)).isCloseTo(0.07551068302017659, EXACT);
    assertThat(Balance.jensenShannon(ETHNICITY, EVEN4)).isCloseTo(0.14172745151398888, EXACT);
    assertThat(Balance.infinityNorm(ETHNICITY, EVEN4)).isCloseTo(0.1388888888888889, EXACT);
    assertThat(Balance.totalVariation(ETHNICITY, EVEN4)).isCloseTo(0.16666666666666666, EXACT);
  }

  @Test
  void chi_square_and_its_p_value() {
    double gender = Balance.chiSquare(new double[] {4, 3, 2}, EVEN3);
    assertThat(gender).isCloseTo(0.6666666666666666, EXACT);
    assertThat(ChiSquare.upperTail(gender, 2)).isCloseTo(0.7165313105737893, EXACT);
    double ethnicity = Balance.chiSquare(new double[] {2, 3, 3, 1}, EVEN4);
    assertThat(ethnicity).isCloseTo(1.222222222222222, EXACT);
    assertThat(ChiSquare.upperTail(ethnicity, 3)).isCloseTo(0.7476795872877147, EXACT);
    // The table's 5% points of 1 and 30 degrees.
    assertThat(ChiSquare.upperTail(3.841458820694124, 1)).isCloseTo(0.05, EXACT);
    assertThat(ChiSquare.upperTail(43.77297182574219, 30)).isCloseTo(0.05, EXACT);
  }

  @Test
  void inequality_of_shares() {
    assertThat(Balance.atkinson(GENDER)).isCloseTo(0.03850028646172776, EXACT);
    assertThat(Balance.theilL(GENDER)).isCloseTo(0.039261011885461196, EXACT);
    assertThat(Balance.theilT(GENDER)).isCloseTo(0.03775534151008828, EXACT);
    // Seven of the twelve combinations occur once, one twice.
    double[] both = new double[8];
    java.util.Arrays.fill(both, 1 / 9.0);
    both[3] = 2 / 9.0;
    assertThat(Balance.atkinson(both)).isCloseTo(0.030659793186437745, EXACT);
    assertThat(Balance.theilL(both)).isCloseTo(0.03113963808639034, EXACT);
    assertThat(Balance.theilT(both)).isCloseTo(0.03624967113471546, EXACT);
  }

  @Test
  void mutual_information_of_group_and_label() {
    // Two of four men and one of three women have the label; three of nine in all. SynapseML prints
    // the gap of the plain information, ln(1/2) - ln(1/3).
    double men = Balance.normalisedPmi(2 / 9.0, 4 / 9.0, 3 / 9.0);
    double women = Balance.normalisedPmi(1 / 9.0, 3 / 9.0, 3 / 9.0);
    assertThat(men * -Math.log(2 / 9.0) - women * -Math.log(1 / 9.0))
        .isCloseTo(0.4054651081081645, EXACT);
    assertThat(men).isCloseTo(Math.log(1.5) / Math.log(4.5), EXACT);
    assertThat(women).isZero();
    assertThat(Balance.normalisedPmi(0, 0.5, 0.5)).isEqualTo(-1);
    assertThat(Balance.normalisedPmi(0.5, 0.5, 0.5)).isCloseTo(1, EXACT);
  }

  @Test
  void wasserstein_is_the_area_between_the_cumulative_shares() {
    // A tenth moves two steps:
    // scipy.stats.wasserstein_distance([0,1,2],[0,1,2],[.5,.3,.2],[.4,.3,.3]).
    assertThat(Balance.wasserstein(new double[] {.5, .3, .2}, new double[] {.4, .3, .3}))
        .isCloseTo(0.2, EXACT);
    assertThat(Balance.wasserstein(EVEN3, EVEN3)).isZero();
  }

  @Test
  void a_reference_is_read_and_scaled() {
    Reference reference = Reference.parse("sex=female:2, male:1; camera=A:0.5,B:0.5");
    assertThat(reference.of("sex", List.of("female", "male")))
        .containsExactly(new double[] {2 / 3.0, 1 / 3.0}, EXACT);
    assertThat(reference.of("age", List.of("a", "b"))).containsExactly(0.5, 0.5);
    assertThat(Reference.parse("b=x:1;a=y:1").toString()).contains("{a={y=1.0}, b={x=1.0}}");
    for (String bad : List.of("sex", "sex=female", "sex=female:x", "sex=female:-1", "=a:1")) {
      assertThatThrownBy(() -> Reference.parse(bad)).isInstanceOf(CallerMistake.class);
    }
  }

  @Test
  void groups_are_compared_with_the_reference_in_patients() {
    CrossCounts cross = new CrossCounts();
    Map.of("f", 30L, "m", 60L)
        .forEach((g, n) -> cross.add("sex", g, "label", "0", 2 * n).ofPeople("sex", g, n));
    cross.add("sex", "unknown", "label", "0", 500);
    AttributeFrames even = DataMetrics.section(cross, 10).attributes().get(0);
    assertThat(even.summary().get("reference_total_variation").value())
        .isCloseTo(2 / 3.0 - 0.5, EXACT);
    assertThat(even.summary().get("reference_chi_square").value()).isCloseTo(10, EXACT);
    Reference known = Reference.parse("sex=f:1,m:2");
    AttributeFrames asKnown = DataMetrics.section(cross, 10, known).attributes().get(0);
    assertThat(asKnown.summary().get("reference_total_variation").value()).isCloseTo(0, EXACT);
    assertThat(asKnown.summary().get("reference_chi_square_p").value()).isCloseTo(1, EXACT);
  }
}
