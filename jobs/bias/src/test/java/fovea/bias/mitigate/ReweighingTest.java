package fovea.bias.mitigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.Rounding;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReweighingTest {
  private static final int SMALLEST = 10;

  // 60 of 100 men and 30 of 100 women have label 1: 90 and 110 of 200.
  private static final Map<String, GroupCounts> SEXES =
      new TreeMap<>(Map.of("f", group(30, 70), "m", group(60, 40)));

  @Test
  void weights_are_the_expected_over_the_observed_share() {
    Reweighing found = Reweighing.of("sex", SEXES, SMALLEST, Rounding.NONE);
    // By hand: 0.5 x 0.45 / 0.15, 0.5 x 0.55 / 0.35, 0.5 x 0.45 / 0.30, 0.5 x 0.55 / 0.20.
    assertThat(weight(found, "f", 1)).isCloseTo(1.5, within(1e-12));
    assertThat(weight(found, "f", 0)).isCloseTo(0.275 / 0.35, within(1e-12));
    assertThat(weight(found, "m", 1)).isCloseTo(0.75, within(1e-12));
    assertThat(weight(found, "m", 0)).isCloseTo(1.375, within(1e-12));
  }

  @Test
  void weighted_labels_are_as_frequent_in_every_group() {
    Reweighing found = Reweighing.of("sex", SEXES, SMALLEST, Rounding.NONE);
    assertThat(found.before().value()).isCloseTo(0.3, within(1e-12));
    assertThat(found.after().value()).isCloseTo(0, within(1e-12));
    // Kish: 200^2 over 30 x 1.5^2 + 70 x (11/14)^2 + 60 x 0.75^2 + 40 x 1.375^2.
    assertThat(found.effective()).isCloseTo(40_000 / 220.08928571, within(1e-6));
  }

  @Test
  void groups_alike_weigh_one() {
    Reweighing found =
        Reweighing.of(
            "sex", Map.of("f", group(20, 80), "m", group(40, 160)), SMALLEST, Rounding.NONE);
    assertThat(found.cells()).allMatch(c -> Math.abs(c.weight() - 1) < 1e-12);
    assertThat(Objects.requireNonNull(found.effective())).isCloseTo(300, within(1e-9));
  }

  @Test
  void too_few_of_a_label_and_rows_without_a_group_keep_weight_one_and_show_no_rows() {
    Map<String, GroupCounts> groups = new TreeMap<>(SEXES);
    groups.put("other", group(9, 50));
    groups.put(MetricFrame.UNKNOWN, group(500, 0));
    Reweighing found = Reweighing.of("sex", groups, SMALLEST, Rounding.NONE);
    assertThat(found.cells())
        .filteredOn(c -> c.group().equals("other") || c.group().equals(MetricFrame.UNKNOWN))
        .hasSize(4)
        .allMatch(c -> c.rows() == null && c.weight() == 1);
    assertThat(weight(found, "f", 1)).isCloseTo(1.5, within(1e-12));
    assertThat(
            Reweighing.of("sex", Map.of("f", group(30, 70)), SMALLEST, Rounding.NONE)
                .after()
                .value())
        .isNull();
  }

  private static double weight(Reweighing found, String group, int label) {
    return found.cells().stream()
        .filter(c -> c.group().equals(group) && c.label() == label)
        .findFirst()
        .orElseThrow()
        .weight();
  }

  private static GroupCounts group(long positives, long negatives) {
    return new GroupCounts().add(1, 1, null, positives).add(0, 1, null, negatives);
  }
}
