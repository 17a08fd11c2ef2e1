package fovea.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import fovea.train.data.Objective;
import fovea.train.data.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetricsTest {
  // Positives .9 .6 .4, negatives .7 .4 .1: of 9 pairs 6 are right and 1 is a tie.
  private static final List<Scored> SIX =
      List.of(
          scored(0.9, 1),
          scored(0.7, 0),
          scored(0.6, 1),
          scored(0.4, 1),
          scored(0.4, 0),
          scored(0.1, 0));

  @Test
  void the_area_is_the_share_of_right_pairs_with_ties_counting_half() {
    assertThat(Roc.of(SIX).area()).isEqualTo(6.5 / 9, within(1e-12));
  }

  @Test
  void the_area_agrees_with_counting_every_pair() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 20; round++) {
      List<Scored> answers = new ArrayList<>(SIX);
      for (int i = 0; i < 60; i++) {
        answers.add(scored(random.nextInt(12) / 12.0, random.nextInt(2)));
      }
      assertThat(Roc.of(answers).area()).isEqualTo(pairs(answers), within(1e-12));
    }
  }

  @Test
  void equal_scores_say_nothing() {
    assertThat(Roc.of(List.of(scored(0.5, 1), scored(0.5, 0))).area()).isEqualTo(0.5);
  }

  @Test
  void the_confusion_counts_a_score_at_the_threshold_as_positive() {
    Confusion confusion = Confusion.at(0.4, SIX);
    assertThat(confusion).isEqualTo(new Confusion(3, 2, 1, 0));
    assertThat(confusion.sensitivity()).isEqualTo(1);
    assertThat(confusion.specificity()).isEqualTo(1 / 3.0);
    assertThat(confusion.accuracy()).isEqualTo(4 / 6.0);
    assertThat(confusion.balancedAccuracy()).isEqualTo(2 / 3.0, within(1e-12));
  }

  @Test
  void the_threshold_lies_between_the_classes() {
    List<Scored> apart = List.of(scored(0.9, 1), scored(0.8, 1), scored(0.2, 0), scored(0.1, 0));
    assertThat(Roc.of(apart).youdenThreshold()).isEqualTo(0.5, within(1e-12));
    assertThat(Evaluation.of(apart, 0.5).confusion()).isEqualTo(new Confusion(2, 0, 2, 0));
  }

  @Test
  void one_class_alone_has_no_curve() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Roc.of(List.of(scored(0.5, 1))))
        .withMessageContaining("both classes");
  }

  @Test
  void a_score_that_is_not_finite_has_no_curve() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Roc.of(List.of(scored(Double.NaN, 1), scored(0.5, 0))))
        .withMessageContaining("finite");
  }

  private static Scored scored(double score, int label) {
    return new Scored(score, 2 * label, Objective.NO_GRADE, Subject.of("somebody"));
  }

  private static double pairs(List<Scored> answers) {
    double right = 0;
    double all = 0;
    for (Scored positive : answers) {
      for (Scored negative : answers) {
        if (positive.positive() && !negative.positive()) {
          all++;
          right += positive.score() > negative.score() ? 1 : 0;
          right += positive.score() == negative.score() ? 0.5 : 0;
        }
      }
    }
    return right / all;
  }
}
