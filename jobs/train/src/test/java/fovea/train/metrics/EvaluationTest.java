package fovea.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.train.data.Objective;
import fovea.train.data.Subject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void brier_and_calibration_error_are_counted_by_hand() {
    Calibration calibration =
        Calibration.of(List.of(said(0.92, 3), said(0.98, 0), said(0.15, 0), said(0.3, 4)));
    assertThat(calibration.brier())
        .isEqualTo((0.08 * 0.08 + 0.98 * 0.98 + 0.15 * 0.15 + 0.7 * 0.7) / 4, within(1e-12));
    assertThat(calibration.expectedError())
        .isEqualTo(2 / 4.0 * 0.45 + 0.15 / 4 + 0.7 / 4, within(1e-12));
    assertThat(calibration.bins()).hasSize(3);
    assertThat(calibration.bins().get(2).images()).isEqualTo(2);
    assertThat(calibration.bins().get(2).found()).isEqualTo(0.5);
  }

  @Test
  void a_score_of_one_lies_in_the_last_bin() {
    assertThat(Calibration.of(List.of(said(1, 4))).bins())
        .containsExactly(new Calibration.Bin(1, 1, 1));
  }

  @Test
  void average_precision_is_counted_by_hand() {
    List<Scored> answers =
        List.of(said(0.9, 2), said(0.7, 0), said(0.6, 3), said(0.4, 4), said(0.4, 1), said(0.1, 0));
    assertThat(Roc.of(answers).averagePrecision())
        .isEqualTo((1 + 2 / 3.0 + 3 / 5.0) / 3, within(1e-12));
  }

  @Test
  void kappa_is_one_where_all_agree_and_minus_one_where_ends_are_swapped() {
    assertThat(GradeMatrix.of(graded("00", "11", "22", "33", "44")).quadraticKappa()).isEqualTo(1);
    assertThat(GradeMatrix.of(graded("04", "40")).quadraticKappa()).isEqualTo(-1, within(1e-12));
    assertThat(GradeMatrix.of(graded("00", "00")).quadraticKappa()).isZero();
  }

  @Test
  void kappa_and_accuracies_are_counted_by_hand() {
    GradeMatrix matrix = GradeMatrix.of(graded("00", "00", "01", "12", "24", "44"));
    // Seen: 1 + 1 + 4. Expected: over all pairs of a true and a said grade, a sixth each.
    double seen = 6;
    double expected = 0;
    for (int truth : new int[] {0, 0, 0, 1, 2, 4}) {
      for (int answer : new int[] {0, 0, 1, 2, 4, 4}) {
        expected += (truth - answer) * (truth - answer) / 6.0;
      }
    }
    assertThat(matrix.quadraticKappa()).isEqualTo(1 - seen / expected, within(1e-12));
    assertThat(matrix.accuracy()).isEqualTo(0.5);
    assertThat(matrix.balancedAccuracy()).isEqualTo((2 / 3.0 + 0 + 0 + 1) / 4, within(1e-12));
    assertThat(matrix.counts().get(0)).containsExactly(2L, 1L, 0L, 0L, 0L);
  }

  @Test
  void a_group_of_few_patients_is_named_without_figures_however_many_images_it_has() {
    List<Scored> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Subject subject = new Subject("f" + i % 40, "female", i % 2 == 0 ? "40-49" : "50-59");
      answers.add(new Scored(i / 60.0, i % 4, Objective.NO_GRADE, subject));
      Subject few = new Subject("m" + i % 15, "male", "40-49");
      answers.add(new Scored(i / 60.0, i % 15 < 9 ? 3 : 0, Objective.NO_GRADE, few));
    }
    Evaluation evaluation = Evaluation.of(answers, 0.5);
    assertThat(evaluation.subgroups())
        .extracting(g -> g.attribute() + " " + g.group() + " " + (g.figures() != null))
        .containsExactly(
            "sex female true", "sex male false", "age_band 40-49 true", "age_band 50-59 true");
    assertThat(evaluation.figures().patients()).isEqualTo(55);
    assertThat(evaluation.figures().grades()).isNull();
  }

  private static Scored said(double score, int grade) {
    return new Scored(score, grade, Objective.NO_GRADE, Subject.of("somebody"));
  }

  // Two digits each: the true grade and the said one.
  private static List<Scored> graded(String... pairs) {
    return java.util.stream.Stream.of(pairs)
        .map(p -> new Scored(0.5, p.charAt(0) - '0', p.charAt(1) - '0', Subject.of(p)))
        .toList();
  }
}
