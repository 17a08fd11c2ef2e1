package fovea.bias.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.metrics.Rounding;
import fovea.bias.metrics.Section;
import fovea.contract.statistics.Interval;
import fovea.contract.statistics.Levels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final int SMALLEST = 10;

  @Test
  void two_scores_have_the_slope_and_intercept_of_the_line_through_their_log_odds() {
    // Scores 0.2 and 0.7 with 30 of 100 and 50 of 80 positives: two points, one line.
    GroupCounts group = new GroupCounts();
    rows(group, 0.2, 30, 70);
    rows(group, 0.7, 50, 30);
    Recalibration found = Recalibration.of(group, SMALLEST);
    double slope = (logit(50 / 80.0) - logit(0.3)) / (logit(0.7) - logit(0.2));
    double intercept = logit(0.3) - slope * logit(0.2);
    assertThat(value(found.slope())).isCloseTo(slope, within(1e-9));
    assertThat(value(found.intercept())).isCloseTo(intercept, within(1e-9));
    // The variance of a log odds is 1 / positives + 1 / negatives.
    double first = 1 / 30.0 + 1 / 70.0;
    double second = 1 / 50.0 + 1 / 30.0;
    double run = logit(0.7) - logit(0.2);
    double ofSlope = Math.sqrt(first + second) / run;
    assertThat(half(found.slope())).isCloseTo(Interval.Z95 * ofSlope, within(1e-8));
    double ofIntercept =
        Math.hypot(Math.sqrt(first) * logit(0.7), Math.sqrt(second) * logit(0.2)) / run;
    assertThat(half(found.intercept())).isCloseTo(Interval.Z95 * ofIntercept, within(1e-8));
  }

  @Test
  void one_score_is_too_low_by_the_difference_of_its_log_odds_and_has_no_slope() {
    GroupCounts group = new GroupCounts();
    rows(group, 0.2, 40, 60);
    Recalibration found = Recalibration.of(group, SMALLEST);
    assertThat(value(found.inTheLarge())).isCloseTo(logit(0.4) - logit(0.2), within(1e-9));
    assertThat(found.slope().value()).isNull();
    assertThat(found.slope().note()).startsWith("undefined");
  }

  @Test
  void scores_that_part_the_labels_have_no_slope() {
    GroupCounts group = new GroupCounts();
    rows(group, 0.3, 0, 50);
    rows(group, 0.6, 50, 0);
    assertThat(Recalibration.of(group, SMALLEST).slope().value()).isNull();
  }

  @Test
  void few_positives_are_too_few_and_eyes_of_the_same_patients_widen_the_interval() {
    GroupCounts few = new GroupCounts();
    rows(few, 0.2, 5, 70);
    rows(few, 0.7, 4, 30);
    assertThat(Recalibration.of(few, SMALLEST).slope().isTooFew()).isTrue();
    GroupCounts eyes = new GroupCounts();
    rows(eyes, 0.2, 30, 70);
    rows(eyes, 0.7, 50, 30);
    double alone = half(Recalibration.of(eyes, SMALLEST).slope());
    double ofPatients = half(Recalibration.of(eyes.ofPeople(90), SMALLEST).slope());
    assertThat(ofPatients).isCloseTo(Math.sqrt(2) * alone, within(1e-9));
  }

  @Test
  void intervals_hold_the_truth_in_about_95_of_100_cohorts() {
    int cohorts = 600;
    int[] held = new int[3];
    for (int i = 0; i < cohorts; i++) {
      Recalibration found = Recalibration.of(miscalibrated(i, 500, 0.4, 0.6), SMALLEST);
      held[0] += interval(found.slope()).contains(0.6) ? 1 : 0;
      held[1] += interval(found.intercept()).contains(0.4) ? 1 : 0;
      Recalibration right = Recalibration.of(miscalibrated(i, 500, 0, 1), SMALLEST);
      held[2] += interval(right.inTheLarge()).contains(0) ? 1 : 0;
    }
    // Three standard errors of a rate of 95% over the cohorts.
    double chance = 3 * Math.sqrt(0.95 * 0.05 / cohorts);
    for (int h : held) {
      assertThat((double) h / cohorts).isBetween(0.95 - chance, 0.95 + chance);
    }
  }

  @Test
  void a_group_with_scores_too_extreme_is_told_from_one_with_right_ones() {
    Map<String, Map<String, GroupCounts>> counts =
        Map.of(
            "sex",
            Map.of(
                "right", miscalibrated(1, 4000, 0, 1), "extreme", miscalibrated(2, 4000, 0, 0.5)));
    Section section =
        Calibration.within(ModelMetrics.section(counts, SMALLEST), counts, SMALLEST, Rounding.NONE);
    MetricFrame slope = section.attributes().get(0).frame("calibration_slope").orElseThrow();
    assertThat(interval(slope.group("right")).contains(1)).isTrue();
    assertThat(interval(slope.group("extreme")).contains(0.5)).isTrue();
    assertThat(interval(slope.group("extreme")).upper()).isLessThan(1);
    assertThat(slope.lowest()).isEqualTo("extreme");
    assertThat(section.overall()).containsKey("calibration_slope");
  }

  @Test
  void a_bin_has_the_share_of_positives_with_wilson_s_interval() {
    GroupCounts group = new GroupCounts();
    rows(group, 0.11, 10, 30);
    rows(group, 0.19, 20, 20);
    rows(group, 1.0, 40, 0);
    Curve curve =
        Curve.of(group, Edges.of(Edges.Rule.WIDTH, group.levels()), SMALLEST, Rounding.NONE, "");
    Bin low = curve.bins().get(1);
    assertThat(low.from()).isEqualTo(0.1);
    assertThat(low.score()).isCloseTo(0.15, within(1e-12));
    assertThat(low.share().value()).isEqualTo(30 / 80.0);
    // Wilson's closed form for 30 of 80, worked outside this program.
    assertThat(interval(low.share()).lower()).isCloseTo(0.2769, within(5e-5));
    assertThat(interval(low.share()).upper()).isCloseTo(0.4845, within(5e-5));
    assertThat(curve.bins().get(9).share().value()).isEqualTo(1.0);
    assertThat(curve.bins().get(5).share().note()).isEqualTo("undefined: no scores");
  }

  @Test
  void a_small_bin_is_withheld_and_the_next_smallest_with_it() {
    GroupCounts group = new GroupCounts();
    rows(group, 0.05, 3, 6);
    rows(group, 0.15, 10, 30);
    rows(group, 0.25, 20, 80);
    Curve curve =
        Curve.of(group, Edges.of(Edges.Rule.WIDTH, group.levels()), SMALLEST, Rounding.NONE, "");
    assertThat(curve.bins().get(0).share()).isEqualTo(Estimate.tooFew());
    assertThat(curve.bins().get(0).score()).isNull();
    assertThat(curve.bins().get(1).share()).isEqualTo(Estimate.tooFew());
    assertThat(curve.bins().get(2).share().value()).isEqualTo(0.2);
  }

  @Test
  void bins_of_one_score_each_in_quantiles_hold_about_equally_many_rows() {
    GroupCounts group = miscalibrated(3, 5000, 0, 1);
    Curve curve =
        Curve.of(
            group, Edges.of(Edges.Rule.QUANTILES, group.levels()), SMALLEST, Rounding.NONE, "");
    assertThat(curve.bins()).hasSize(10);
    for (Bin bin : curve.bins()) {
      assertThat(bin.share().count()).isBetween(420L, 580L);
    }
    assertThat(Edges.of(Edges.Rule.QUANTILES, Levels.NONE).bins()).isEqualTo(1);
  }

  @Test
  void without_scores_there_is_no_calibration() {
    Map<String, Map<String, GroupCounts>> counts =
        Map.of("sex", Map.of("a", new GroupCounts().add(1, 1, null, 50)));
    assertThat(Calibration.of(counts, Edges.Rule.WIDTH, SMALLEST, Rounding.NONE))
        .isEqualTo(List.of());
  }

  // The log odds of the label are intercept + slope * logit(score).
  private static GroupCounts miscalibrated(long seed, int rows, double intercept, double slope) {
    SplittableRandom random = new SplittableRandom(seed);
    GroupCounts group = new GroupCounts();
    for (int i = 0; i < rows; i++) {
      double score = Math.round(1000 / (1 + Math.exp(-1.5 * random.nextGaussian()))) / 1000.0;
      double kept = Math.max(0.001, Math.min(0.999, score));
      double chance = 1 / (1 + Math.exp(-intercept - slope * logit(kept)));
      group.add(random.nextDouble() < chance ? 1 : 0, kept >= 0.5 ? 1 : 0, kept, 1);
    }
    return group;
  }

  private static void rows(GroupCounts group, double score, long positives, long negatives) {
    group.add(1, 1, score, positives).add(0, 1, score, negatives);
  }

  private static double logit(double p) {
    return Math.log(p / (1 - p));
  }

  private static double value(Estimate estimate) {
    return Objects.requireNonNull(estimate.value());
  }

  private static double half(Estimate estimate) {
    return (interval(estimate).upper() - interval(estimate).lower()) / 2;
  }

  private static Interval interval(Estimate estimate) {
    return Objects.requireNonNull(estimate.interval());
  }
}
