package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The numbers AIF360's tests of its classification metric assert (test_classification_metric). */
class Aif360ExampleTest {
  private static final int[] FEATURE = {0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
  private static final int[] LABEL = {1, 0, 0, 1, 0, 0, 1, 0, 1, 1};
  private static final int[] FIRST = {1, 0, 0, 0, 1, 1, 1, 0, 1, 0};
  private static final int[] SECOND = {0, 1, 1, 0, 0, 0, 0, 1, 1, 1};
  private static final Offset<Double> EXACT = within(1e-15);

  @Test
  void generalized_entropy_of_both_predictions() {
    assertThat(overall(FIRST, "generalized_entropy")).isCloseTo(0.2, EXACT);
    assertThat(overall(SECOND, "generalized_entropy")).isCloseTo(0.3, EXACT);
  }

  @Test
  void theil_index() {
    assertThat(overall(FIRST, "theil_index")).isCloseTo(4 * Math.log(2) / 10, EXACT);
  }

  @Test
  void entropy_between_all_groups() {
    // Group benefits 1, 1.25 and 0.75 of a mean of 1, for 2, 4 and 4 rows.
    double expected = (4 * (1.25 * 1.25 - 1) + 4 * (0.75 * 0.75 - 1)) / 20;
    Section section = section(FEATURE, LABEL, FIRST, 2);
    assertThat(summary(section, "between_group_generalized_entropy")).isCloseTo(expected, EXACT);
    double theil = 0.4 * (1.25 * Math.log(1.25) + 0.75 * Math.log(0.75));
    assertThat(summary(section, "between_group_theil")).isCloseTo(theil, EXACT);
  }

  @Test
  void entropy_between_two_groups() {
    int[] feature = {0, 0, 1, 1, 1, 1};
    int[] label = {1, 0, 0, 1, 0, 0};
    int[] predicted = {0, 0, 0, 0, 1, 1};
    double expected = (2 * (0.25 - 1) + 4 * (1.5625 - 1)) / 12;
    assertThat(summary(section(feature, label, predicted, 2), "between_group_generalized_entropy"))
        .isCloseTo(expected, EXACT);
  }

  @Test
  void confusion_of_several_classes_against_the_rest() {
    // Classes 0 and 1 are favourable there: what is not of grade 2.
    int[] label = {1, 0, 0, 1, 0, 2, 1, 0, 2, 1};
    int[] predicted = {1, 0, 0, 0, 2, 2, 1, 0, 2, 1};
    Matrix matrix = new Matrix(3);
    for (int i = 0; i < label.length; i++) {
      matrix.add(label[i], predicted[i], 1);
    }
    Confusion unfavourable = matrix.atLeast(2);
    assertThat(unfavourable).isEqualTo(new Confusion(2, 1, 7, 0));
    assertThat(matrix.one(2)).isEqualTo(unfavourable);
    Section section = section(FEATURE, label, predicted, 3);
    // The false negatives of the favourable are the false alarms of grade 2: 1 of 5 against none.
    MetricFrame frame = section.attributes().get(0).frame("class=2:false_positive_rate").get();
    assertThat(frame.group("1").value()).isCloseTo(1 / 3.0, EXACT);
    assertThat(frame.group("0").value()).isZero();
    assertThat(frame.group("2").value()).isZero();
  }

  private static double overall(int[] predicted, String metric) {
    Estimate estimate = section(FEATURE, LABEL, predicted, 2).overall().get(metric);
    return estimate.value();
  }

  private static double summary(Section section, String name) {
    return section.attributes().get(0).summary().get(name).value();
  }

  private static Section section(int[] feature, int[] label, int[] predicted, int classes) {
    Map<String, GroupCounts> groups = new TreeMap<>();
    for (int i = 0; i < label.length; i++) {
      groups
          .computeIfAbsent(Integer.toString(feature[i]), g -> new GroupCounts(classes))
          .add(label[i], predicted[i], null, 1);
    }
    return ModelMetrics.section(Map.of("feat", groups), 1);
  }
}
