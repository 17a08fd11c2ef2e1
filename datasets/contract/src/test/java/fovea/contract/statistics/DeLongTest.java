package fovea.contract.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeLongTest {
  @Test
  void with_one_answer_a_patient_both_forms_are_the_same() {
    SplittableRandom random = new SplittableRandom(5);
    List<DeLong.Answer> answers = new ArrayList<>();
    double[] scores = new double[80];
    boolean[] positive = new boolean[80];
    for (int i = 0; i < scores.length; i++) {
      positive[i] = i % 3 == 0;
      scores[i] = random.nextInt(12) / 12.0 + (positive[i] ? 0.2 : 0);
      answers.add(new DeLong.Answer(scores[i], positive[i], "p" + i));
    }
    assertThat(DeLong.deviation(answers))
        .isPositive()
        .isCloseTo(Math.sqrt(Levels.of(scores, positive).aucVariance()), within(1e-12));
  }

  @Test
  void zero_and_minus_zero_are_one_score() {
    Levels levels = Levels.of(new double[] {0.0, -0.0, 1}, new boolean[] {true, false, true});
    assertThat(levels.size()).isEqualTo(2);
    assertThat(levels.auc()).isEqualTo(0.75);
  }
}
