package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreCountsTest {
  @Test
  void auc_counts_pairs_and_half_of_ties() {
    // Pairs: .8>.4, .8>.2, .4=.4 (half), .4>.2, so 3.5 of 4.
    ScoreCounts scores = scores(new double[] {0.4, 0.2}, new double[] {0.8, 0.4});
    assertThat(scores.levels().auc()).isEqualTo(3.5 / 4);
  }

  @Test
  void brier_is_the_mean_squared_error() {
    ScoreCounts scores = scores(new double[] {0.4, 0.2}, new double[] {0.8, 0.4});
    assertThat(scores.levels().brier()).isCloseTo((0.16 + 0.04 + 0.04 + 0.36) / 4, within(1e-15));
  }

  @Test
  void a_score_that_says_nothing_has_half_the_area() {
    assertThat(scores(new double[] {0.5, 0.5}, new double[] {0.5}).levels().auc()).isEqualTo(0.5);
  }

  @Test
  void the_order_of_rows_changes_no_bit() {
    Random random = new Random(1);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      rows.add(new double[] {random.nextInt(2), random.nextDouble()});
    }
    ScoreCounts first = of(rows);
    Collections.shuffle(rows, random);
    ScoreCounts second = of(rows);
    assertThat(second.levels().auc()).isEqualTo(first.levels().auc());
    assertThat(second.levels().brier()).isEqualTo(first.levels().brier());
  }

  @Test
  void too_many_scores_are_rounded_and_the_area_hardly_moves() {
    Random random = new Random(2);
    ScoreCounts many = new ScoreCounts();
    double exactBrier = 0;
    int rows = 120_000;
    for (int i = 0; i < rows; i++) {
      int label = random.nextInt(2);
      double score = label == 1 ? Math.sqrt(random.nextDouble()) : random.nextDouble();
      exactBrier += (score - label) * (score - label) / rows;
      many.add(label, 0, score, 1);
    }
    assertThat(many.rounded()).isTrue();
    // P(sqrt(U) > V) = E(sqrt(U)) = 2/3; the standard error at 120,000 rows is 0.0015.
    assertThat(many.levels().auc()).isCloseTo(2 / 3.0, within(0.006));
    assertThat(many.levels().brier()).isCloseTo(exactBrier, within(1e-6));
  }

  private static ScoreCounts scores(double[] negatives, double[] positives) {
    ScoreCounts scores = new ScoreCounts();
    for (double score : negatives) {
      scores.add(0, 0, score, 1);
    }
    for (double score : positives) {
      scores.add(1, 0, score, 1);
    }
    return scores;
  }

  private static ScoreCounts of(List<double[]> rows) {
    ScoreCounts scores = new ScoreCounts();
    rows.forEach(row -> scores.add((int) row[0], 0, row[1], 1));
    return scores;
  }
}
