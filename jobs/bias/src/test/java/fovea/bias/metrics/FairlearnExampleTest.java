package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * The worked example of Fairlearn's user guide ("Performing a fairness assessment" and "Common
 * fairness metrics"). By hand, as (tp, fp, tn, fn): a (1, 2, 0, 1), b (3, 0, 1, 2), c (2, 2, 1, 3),
 * together (6, 4, 2, 6).
 */
class FairlearnExampleTest {
  private static final int[] TRUE = {0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1};
  private static final int[] PREDICTED = {0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0};
  private static final String GROUPS = "bbabbcccaacabccbcc";
  private static final Offset<Double> PRINTED = within(5e-7);

  private final Section section = ModelMetrics.section(Map.of("sf", groups()), 1);
  private final AttributeFrames frames = section.attributes().get(0);

  @Test
  void confusions_are_those_counted_by_hand() {
    assertThat(groups().get("a").confusion()).isEqualTo(new Confusion(1, 2, 0, 1));
    assertThat(groups().get("b").confusion()).isEqualTo(new Confusion(3, 0, 1, 2));
    assertThat(groups().get("c").confusion()).isEqualTo(new Confusion(2, 2, 1, 3));
  }

  @Test
  void overall_is_what_the_guide_prints() {
    is(section.overall().get("true_positive_rate"), 0.5);
    is(section.overall().get("false_positive_rate"), 0.666667);
    is(section.overall().get("selection_rate"), 0.555556);
    is(section.overall().get("count"), 18);
  }

  @Test
  void by_group_is_what_the_guide_prints() {
    byGroup("true_positive_rate", 0.5, 0.6, 0.4);
    byGroup("false_positive_rate", 1, 0, 0.666667);
    byGroup("selection_rate", 0.75, 0.5, 0.5);
    byGroup("count", 4, 6, 8);
  }

  @Test
  void difference_and_ratio_are_what_the_guide_prints() {
    compared("true_positive_rate", 0.2, 0.666667);
    compared("false_positive_rate", 1, 0);
    compared("selection_rate", 0.25, 0.666667);
    compared("count", 4, 0.5);
  }

  @Test
  void difference_and_ratio_to_overall_are_what_the_guide_prints() {
    toOverall("true_positive_rate", 0.1, 0.8);
    toOverall("false_positive_rate", 0.666667, 0);
    toOverall("selection_rate", 0.194444, 0.740741);
    toOverall("count", 14, 0.222222);
  }

  @Test
  void fairness_figures_are_what_the_guide_prints() {
    is(frames.summary().get("demographic_parity_difference"), 0.25);
    is(frames.summary().get("demographic_parity_ratio"), 0.666667);
    is(frames.summary().get("equalized_odds_difference"), 1);
    is(frames.summary().get("equalized_odds_ratio"), 0);
    is(frames.summary().get("equal_opportunity_difference"), 0.2);
    is(frames.summary().get("equal_opportunity_ratio"), 0.666667);
  }

  @Test
  void the_other_rates_follow_from_the_confusions() {
    byGroup("false_negative_rate", 1 / 2.0, 2 / 5.0, 3 / 5.0);
    byGroup("true_negative_rate", 0, 1, 1 / 3.0);
    byGroup("precision", 1 / 3.0, 1, 2 / 4.0);
    byGroup("negative_predictive_value", 0, 1 / 3.0, 1 / 4.0);
    byGroup("accuracy", 1 / 4.0, 4 / 6.0, 3 / 8.0);
    byGroup("balanced_accuracy", 0.25, 0.8, (0.4 + 1 / 3.0) / 2);
    byGroup("base_rate", 2 / 4.0, 5 / 6.0, 5 / 8.0);
  }

  private static Map<String, GroupCounts> groups() {
    Map<String, GroupCounts> groups = new TreeMap<>();
    for (int i = 0; i < TRUE.length; i++) {
      groups
          .computeIfAbsent(GROUPS.substring(i, i + 1), g -> new GroupCounts())
          .add(TRUE[i], PREDICTED[i], null, 1);
    }
    return groups;
  }

  private void byGroup(String metric, double a, double b, double c) {
    MetricFrame frame = frames.frame(metric).orElseThrow();
    is(frame.group("a"), a);
    is(frame.group("b"), b);
    is(frame.group("c"), c);
  }

  private void compared(String metric, double difference, double ratio) {
    MetricFrame frame = frames.frame(metric).orElseThrow();
    is(frame.difference(), difference);
    is(frame.ratio(), ratio);
  }

  private void toOverall(String metric, double difference, double ratio) {
    MetricFrame frame = frames.frame(metric).orElseThrow();
    is(frame.differenceToOverall(), difference);
    is(frame.ratioToOverall(), ratio);
  }

  private static void is(Estimate estimate, double expected) {
    assertThat(estimate.value()).isCloseTo(expected, PRINTED);
  }
}
