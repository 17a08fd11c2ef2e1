package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallCellsTest {
  private static final int SMALLEST = 10;

  @Test
  void a_small_group_has_no_number_anywhere_and_takes_no_part_in_differences() {
    Section section =
        ModelMetrics.section(
            Map.of(
                "g",
                Map.of(
                    "a",
                    group(40, 10, 40, 10),
                    "b",
                    group(30, 20, 30, 20),
                    "tiny",
                    group(0, 4, 0, 5))),
            SMALLEST);
    for (MetricFrame frame : section.attributes().get(0).metrics()) {
      assertThat(frame.group("tiny")).isEqualTo(Estimate.tooFew());
      assertThat(frame.difference().note()).isEqualTo("without tiny (too few)");
    }
    MetricFrame tpr = frame(section, "true_positive_rate");
    assertThat(tpr.difference().value()).isEqualTo(0.8 - 0.6);
    assertThat(tpr.highest()).isEqualTo("a");
    assertThat(tpr.lowest()).isEqualTo("b");
  }

  @Test
  void a_rate_over_too_few_is_withheld_although_the_group_is_large() {
    Section section =
        ModelMetrics.section(
            Map.of("g", Map.of("a", group(2, 10, 80, 1), "b", group(30, 20, 30, 20))), SMALLEST);
    assertThat(frame(section, "true_positive_rate").group("a").isTooFew()).isTrue();
    assertThat(frame(section, "balanced_accuracy").group("a").isTooFew()).isTrue();
    assertThat(frame(section, "false_positive_rate").group("a").value()).isEqualTo(10 / 90.0);
    assertThat(frame(section, "true_positive_rate").difference().value()).isNull();
  }

  @Test
  void a_rate_over_nobody_is_undefined_with_its_reason() {
    Section section =
        ModelMetrics.section(
            Map.of("g", Map.of("a", group(0, 5, 15, 0), "b", group(0, 0, 20, 0))), SMALLEST);
    Estimate tpr = frame(section, "true_positive_rate").group("a");
    assertThat(tpr.value()).isNull();
    assertThat(tpr.note()).isEqualTo("undefined: no positive labels");
    assertThat(frame(section, "precision").group("b").note())
        .isEqualTo("undefined: nothing predicted positive");
    assertThat(frame(section, "base_rate").ratio().note()).isEqualTo("undefined: every group is 0");
  }

  @Test
  void many_photographs_of_few_patients_are_too_few() {
    GroupCounts ofThree = group(40, 10, 40, 10).ofPeople(3);
    assertThat(Metric.ACCURACY.of(ofThree, SMALLEST).isTooFew()).isTrue();
    assertThat(Metric.ACCURACY.of(ofThree.ofPeople(60), SMALLEST).value()).isEqualTo(0.8);
  }

  @Test
  void a_report_over_three_people_holds_no_figure() {
    Section section = ModelMetrics.section(Map.of("g", Map.of("a", group(1, 1, 1, 0))), SMALLEST);
    assertThat(section.overall().values()).allMatch(Estimate::isTooFew);
  }

  @Test
  void rows_without_a_group_are_shown_and_compared_with_no_other() {
    Section section =
        ModelMetrics.section(
            Map.of(
                "g",
                Map.of(
                    "a",
                    group(20, 5, 20, 5),
                    "b",
                    group(20, 5, 20, 5),
                    MetricFrame.UNKNOWN,
                    group(0, 20, 0, 20))),
            SMALLEST);
    MetricFrame accuracy = frame(section, "accuracy");
    assertThat(accuracy.group(MetricFrame.UNKNOWN).value()).isEqualTo(0.0);
    assertThat(accuracy.difference().value()).isEqualTo(0.0);
    assertThat(accuracy.difference().note()).isEqualTo("without unknown (not a group)");
    assertThat(accuracy.byGroup().lastKey()).isEqualTo(MetricFrame.UNKNOWN);
  }

  private static MetricFrame frame(Section section, String metric) {
    return section.attributes().get(0).frame(metric).orElseThrow();
  }

  private static GroupCounts group(long tp, long fp, long tn, long fn) {
    return new GroupCounts()
        .add(1, 1, null, tp)
        .add(0, 1, null, fp)
        .add(0, 0, null, tn)
        .add(1, 0, null, fn);
  }
}
