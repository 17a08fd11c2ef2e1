package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.statistics.Levels;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final int[] LABELS = {0, 0, 1, 1};
  private static final double[] SCORES = {0.1, 0.4, 0.35, 0.8};

  @Test
  void the_example_of_scikit_learn() {
    Levels levels = group(LABELS, SCORES).levels();
    // roc_auc_score and average_precision_score of its documentation.
    assertThat(levels.auc()).isEqualTo(0.75);
    assertThat(levels.averagePrecision()).isCloseTo(0.8333333333333333, EXACT);
    assertThat(Confusion.at(0.4, levels)).isEqualTo(new Confusion(1, 1, 1, 1));
    // brier_score_loss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]).
    Levels brier = group(new int[] {0, 1, 1, 0}, new double[] {0.1, 0.9, 0.8, 0.3}).levels();
    assertThat(brier.brier()).isCloseTo(0.0375, EXACT);
  }

  @Test
  void calibration_error_weighs_the_gaps_of_bins() {
    // Bin 0.1: mean 0.15, half positive, 2 rows; bin 0.9 and above: mean 0.95, all positive, 2
    // rows.
    Levels levels = group(new int[] {0, 1, 1, 1}, new double[] {0.1, 0.2 - 1e-9, 0.9, 1}).levels();
    assertThat(levels.calibrationError()).isCloseTo((2 * 0.35 + 2 * 0.05) / 4, within(1e-8));
  }

  @Test
  void delong_is_the_variance_of_the_placements() {
    // By the definition, pair by pair, with a tie.
    int[] labels = {0, 0, 0, 1, 1, 1, 1};
    double[] scores = {0.1, 0.3, 0.5, 0.3, 0.6, 0.2, 0.9};
    assertThat(group(labels, scores).levels().aucVariance())
        .isCloseTo(pairwiseVariance(labels, scores), EXACT);
  }

  @Test
  void kappa_is_that_of_cohen_and_of_its_weighted_form() {
    // Cohen's example: 20 yes-yes, 15 no-no, 5 and 10 in disagreement; kappa 0.4.
    Matrix cohen = Matrix.of(new Confusion(20, 10, 15, 5));
    assertThat(cohen.quadraticKappa()).isCloseTo(0.4, EXACT);
    // scikit-learn: cohen_kappa_score([0,1,2,2,1,0],[0,2,2,1,1,0], weights="quadratic") is 0.75:
    // two misses by one step; by chance the mean square distance is 4/3.
    Matrix grades = new Matrix(3).add(0, 0, 2).add(1, 2, 1).add(2, 2, 1).add(2, 1, 1).add(1, 1, 1);
    assertThat(grades.quadraticKappa()).isCloseTo(1 - (2 / 6.0) / (4 / 3.0), EXACT);
    assertThat(grades.balancedAccuracy()).isCloseTo((1 + 0.5 + 0.5) / 3, EXACT);
  }

  @Test
  void thresholds_have_metrics_of_their_own() {
    Section section =
        ModelMetrics.section(
            Map.of("g", Map.of("a", group(LABELS, SCORES), "b", group(LABELS, SCORES))),
            1,
            java.util.List.of(0.3, 0.5));
    assertThat(section.overall().get("true_positive_rate@0.3").value()).isEqualTo(1.0);
    assertThat(section.overall().get("true_positive_rate@0.5").value()).isEqualTo(0.5);
    assertThat(section.overall().get("false_positive_rate@0.3").value()).isEqualTo(0.5);
    assertThat(section.attributes().get(0).summary().get("es_auc").value()).isEqualTo(0.75);
  }

  @Test
  void unequal_areas_cost_the_equity_scaled_area() {
    GroupCounts good = group(LABELS, new double[] {0.1, 0.2, 0.8, 0.9});
    GroupCounts bad = group(LABELS, SCORES);
    Section section = ModelMetrics.section(Map.of("g", Map.of("a", good, "b", bad)), 1);
    double overall = section.overall().get("auc").value();
    assertThat(section.attributes().get(0).summary().get("es_auc").value())
        .isCloseTo(overall / (1 + (1 - overall) + (overall - 0.75)), EXACT);
  }

  private static double pairwiseVariance(int[] labels, double[] scores) {
    double[][] placements = new double[2][labels.length];
    double[] sizes = new double[2];
    for (int i = 0; i < labels.length; i++) {
      sizes[labels[i]]++;
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] != labels[j]) {
          double sign = Math.signum(scores[i] - scores[j]) * (labels[i] == 1 ? 1 : -1);
          placements[labels[i]][i] += (1 + sign) / 2;
        }
      }
    }
    double variance = 0;
    for (int label = 0; label < 2; label++) {
      double others = sizes[1 - label];
      double mean = 0;
      for (int i = 0; i < labels.length; i++) {
        mean += labels[i] == label ? placements[label][i] / others / sizes[label] : 0;
      }
      for (int i = 0; i < labels.length; i++) {
        double gap = placements[label][i] / others - mean;
        variance += labels[i] == label ? gap * gap / (sizes[label] - 1) / sizes[label] : 0;
      }
    }
    return variance;
  }

  private static GroupCounts group(int[] labels, double[] scores) {
    GroupCounts group = new GroupCounts();
    for (int i = 0; i < labels.length; i++) {
      group.add(labels[i], scores[i] >= 0.5 ? 1 : 0, scores[i], 1);
    }
    return group;
  }
}
