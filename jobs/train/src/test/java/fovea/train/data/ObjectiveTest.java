package fovea.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ObjectiveTest {
  @Test
  void targets_say_the_grade_in_the_objectives_own_way() {
    assertThat(Objective.BINARY.target(1)).containsExactly(0);
    assertThat(Objective.BINARY.target(2)).containsExactly(1);
    assertThat(Objective.ORDINAL.target(0)).containsExactly(0, 0, 0, 0);
    assertThat(Objective.ORDINAL.target(3)).containsExactly(1, 1, 1, 0);
    assertThat(Objective.GRADES.target(3)).containsExactly(0, 0, 0, 1, 0);
    for (Objective objective : Objective.values()) {
      for (int grade = 0; grade < Objective.GRADE_COUNT; grade++) {
        assertThat(objective.target(grade)).hasSize(objective.outputs());
      }
    }
  }

  @Test
  void logits_that_say_a_target_loudly_give_its_grade_and_referable_from_grade_two() {
    for (Objective objective : Objective.values()) {
      for (int grade = 0; grade < Objective.GRADE_COUNT; grade++) {
        float[] logits = objective.target(grade);
        for (int i = 0; i < logits.length; i++) {
          logits[i] = logits[i] > 0 ? 50 : -50;
        }
        assertThat(objective.referable(logits)).isEqualTo(grade >= 2 ? 1 : 0, within(1e-9));
        assertThat(objective.grade(logits)).isEqualTo(objective == Objective.BINARY ? -1 : grade);
      }
    }
  }

  @Test
  void the_referable_probability_is_that_of_the_question_above_one_or_of_three_grades() {
    float[] ordinal = {2, 0.4f, -1, -3};
    assertThat(Objective.ORDINAL.referable(ordinal))
        .isEqualTo(1 / (1 + Math.exp(-0.4)), within(1e-7));
    assertThat(Objective.ORDINAL.grade(ordinal)).isEqualTo(2);
    float[] logs = new float[5];
    double[] shares = {0.4, 0.25, 0.2, 0.1, 0.05};
    for (int i = 0; i < 5; i++) {
      logs[i] = (float) (Math.log(shares[i]) + 700);
    }
    assertThat(Objective.GRADES.referable(logs)).isEqualTo(0.35, within(1e-4));
    assertThat(Objective.GRADES.grade(logs)).isZero();
  }

  @Test
  void words_name_the_objectives() {
    assertThat(Objective.words()).containsExactly("binary", "ordinal", "grades");
    assertThat(Objective.of("ordinal")).isEqualTo(Objective.ORDINAL);
  }
}
