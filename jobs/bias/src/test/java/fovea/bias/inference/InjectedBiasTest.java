package fovea.bias.inference;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.Section;
import fovea.contract.statistics.Interval;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Cohorts of patients with two eyes alike, in which the truth is known. */
class InjectedBiasTest {
  private static final int BINS = 16;

  @Test
  void a_worse_score_in_one_group_is_found_with_its_size_and_sign() {
    // Positives score 1.5 standard deviations above negatives in a, 0.6 in b; a logistic score
    // passes one half where the normal one is positive: sensitivity is Phi(shift / 2).
    Section section =
        new Synthetic(3)
            .group("a", 800, 2, 0.4, 1.5, 0.5)
            .group("b", 800, 2, 0.4, 0.6, 0.5)
            .section(BINS, 500, 1);
    MetricFrame tpr = frame(section, "true_positive_rate");
    assertThat(tpr.highest()).isEqualTo("a");
    assertThat(tpr.clear()).isTrue();
    assertThat(interval(tpr.difference()).contains(0.7734 - 0.6179)).isTrue();
    assertThat(interval(tpr.difference()).lower()).isPositive();
    assertThat(interval(tpr.ratio()).contains(0.6179 / 0.7734)).isTrue();
    MetricFrame auc = frame(section, "auc");
    // Phi(shift / sqrt 2).
    assertThat(interval(auc.group("a")).contains(0.8556)).isTrue();
    assertThat(interval(auc.group("b")).contains(0.6643)).isTrue();
    assertThat(interval(auc.difference()).contains(0.8556 - 0.6643)).isTrue();
    assertThat(Objects.requireNonNull(auc.evidence()).holm()).isLessThan(0.05);
    MetricFrame misses = frame(section, "false_negative_rate");
    assertThat(misses.highest()).isEqualTo("b");
    assertThat(misses.evidence()).isEqualTo(tpr.evidence());
  }

  @Test
  void nothing_is_found_where_nothing_was_injected() {
    for (long seed = 10; seed < 15; seed++) {
      Section section =
          new Synthetic(seed)
              .group("a", 300, 2, 0.4, 1.5, 0.5)
              .group("b", 150, 2, 0.4, 1.5, 0.5)
              .group("c", 80, 2, 0.4, 1.5, 0.5)
              .section(BINS, 300, 1);
      assertThat(section.attributes().get(0).metrics()).noneMatch(MetricFrame::clear);
    }
  }

  @Test
  void a_different_base_rate_is_no_difference_in_sensitivity() {
    Section section =
        new Synthetic(4)
            .group("a", 400, 2, 0.2, 1.5, 0.5)
            .group("b", 400, 2, 0.7, 1.5, 0.5)
            .section(0, 500, 1);
    assertThat(frame(section, "base_rate").clear()).isTrue();
    assertThat(frame(section, "selection_rate").clear()).isTrue();
    assertThat(frame(section, "true_positive_rate").clear()).isFalse();
  }

  @Test
  void eyes_alike_within_a_patient_widen_the_intervals() {
    Section alone = new Synthetic(5).group("a", 800, 1, 0.4, 1.5, 0).section(BINS, 300, 1);
    Section alike = new Synthetic(5).group("a", 400, 2, 0.4, 1.5, 0.9).section(BINS, 300, 1);
    for (String metric : new String[] {"selection_rate", "accuracy", "auc", "balanced_accuracy"}) {
      assertThat(width(alike, metric)).as(metric).isGreaterThan(1.1 * width(alone, metric));
    }
  }

  @Test
  void a_group_below_the_smallest_cell_takes_no_part() {
    Section section =
        new Synthetic(6)
            .group("a", 100, 2, 0.4, 1.5, 0.5)
            .group("b", 100, 2, 0.4, 1.5, 0.5)
            .group("tiny", 4, 2, 0.4, -5, 0.5)
            .section(BINS, 200, 1);
    for (MetricFrame frame : section.attributes().get(0).metrics()) {
      assertThat(frame.group("tiny").value()).as(frame.metric()).isNull();
      assertThat(frame.highest()).as(frame.metric()).isNotEqualTo("tiny");
      assertThat(frame.lowest()).as(frame.metric()).isNotEqualTo("tiny");
    }
  }

  @Test
  void equal_seeds_give_equal_figures_whatever_the_threads() {
    Synthetic cohort =
        new Synthetic(8).group("a", 60, 2, 0.4, 1.5, 0.5).group("b", 60, 2, 0.4, 1, 0.5);
    assertThat(cohort.section(BINS, 200, 1)).isEqualTo(cohort.section(BINS, 200, 1));
    assertThat(cohort.section(BINS, 200, 2)).isNotEqualTo(cohort.section(BINS, 200, 1));
  }

  private static double width(Section section, String metric) {
    Interval interval = interval(frame(section, metric).group("a"));
    return interval.upper() - interval.lower();
  }

  private static Interval interval(Estimate estimate) {
    return Objects.requireNonNull(estimate.interval());
  }

  private static MetricFrame frame(Section section, String metric) {
    return section.attributes().get(0).frame(metric).orElseThrow();
  }
}
