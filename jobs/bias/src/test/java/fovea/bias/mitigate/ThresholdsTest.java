package fovea.bias.mitigate;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.bias.inference.Cohort;
import fovea.bias.inference.Inference;
import fovea.bias.inference.Scheme;
import fovea.bias.metrics.AttributeFrames;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.contract.statistics.Interval;
import fovea.contract.statistics.Levels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Cohorts of patients with two eyes: normal scores, positives so many standard deviations above
 * negatives, called positive above the middle. What thresholds by group can reach is known.
 */
class ThresholdsTest {
  private static final double POSITIVE = 0.4;
  private static final Inference.Plan PLAN = new Inference.Plan(200, 1, 10);

  // Sensitivity Phi(shift / 2): 0.7734 where scores part the labels by 1.5, 0.6179 where by 0.6.
  private static final double GOOD = 0.7734;
  private static final double POOR = 0.6179;

  @Test
  void an_injected_gap_goes_and_accuracy_pays_what_the_construction_says() {
    Thresholds found = run(3, 1500, 0.6, Criterion.EQUAL_OPPORTUNITY, Objective.SENSITIVITY);
    assertThat(difference(found.before(), "true_positive_rate").contains(GOOD - POOR)).isTrue();
    assertThat(difference(found.before(), "true_positive_rate").lower()).isPositive();
    isGone(difference(found.after(), "true_positive_rate"));
    // The common rate is the mean, 0.6957: quantile 0.5120. Then false alarms are
    // Phi(0.5120 - 1.5) = 0.1616 and Phi(0.5120 - 0.6) = 0.4649, before 0.2266 and 0.3821.
    assertThat(frame(found.after(), "true_positive_rate").overall().interval()).isNotNull();
    assertThat(interval(frame(found.after(), "true_positive_rate").overall()).contains(0.6957))
        .isTrue();
    assertThat(interval(frame(found.after(), "false_positive_rate").group("good")).contains(0.1616))
        .isTrue();
    assertThat(interval(frame(found.after(), "false_positive_rate").group("poor")).contains(0.4649))
        .isTrue();
    double change = -(1 - POSITIVE) * ((0.1616 + 0.4649) / 2 - (0.2266 + 0.3821) / 2);
    Thresholds.Cost accuracy = Objects.requireNonNull(found.prices().get("accuracy"));
    assertThat(accuracy.interval().contains(change)).isTrue();
    assertThat(accuracy.interval().upper() - accuracy.interval().lower()).isLessThan(0.06);
    Thresholds.Cost balanced = Objects.requireNonNull(found.prices().get("balanced_accuracy"));
    assertThat(balanced.interval().contains(change / (1 - POSITIVE) / 2)).isTrue();
    assertThat(found.fittedOn()).isEqualTo(1500);
    assertThat(found.auditedOn()).isEqualTo(1500);
  }

  @Test
  void equalised_odds_close_both_gaps_at_a_higher_price() {
    Thresholds found = run(4, 1500, 0.6, Criterion.EQUALISED_ODDS, Objective.SENSITIVITY);
    assertThat(difference(found.before(), "true_positive_rate").contains(0)).isFalse();
    assertThat(difference(found.before(), "false_positive_rate").contains(0)).isFalse();
    isGone(difference(found.after(), "true_positive_rate"));
    isGone(difference(found.after(), "false_positive_rate"));
    // Everybody has the poor group's curve: 0.4649 false alarms at 0.6957 found.
    double change = -(1 - POSITIVE) * (0.4649 - (0.2266 + 0.3821) / 2);
    assertThat(Objects.requireNonNull(found.prices().get("accuracy")).interval().contains(change))
        .isTrue();
    assertThat(Objects.requireNonNull(found.rules().get("good")).ignored()).isPositive();
    assertThat(Objects.requireNonNull(found.rules().get("poor")).ignored()).isLessThan(0.1);
  }

  @Test
  void without_a_gap_thresholds_stay_where_they_are_within_noise_and_cost_nothing() {
    Thresholds found = run(5, 1500, 1.5, Criterion.EQUAL_OPPORTUNITY, Objective.SENSITIVITY);
    GroupRule good = Objects.requireNonNull(found.rules().get("good"));
    GroupRule poor = Objects.requireNonNull(found.rules().get("poor"));
    // A score of 0.5 is the model's own threshold; a sensitivity of 0.77 over 600 positive patients
    // is known to 0.017, that is to 0.058 of a normal score and 0.014 of the logistic one.
    for (GroupRule rule : List.of(good, poor)) {
      assertThat(rule.low()).isLessThan(0.55);
      assertThat(rule.high()).isGreaterThan(0.45);
      assertThat(rule.high() - rule.low()).isLessThan(0.1);
    }
    isGone(difference(found.after(), "true_positive_rate"));
    Thresholds.Cost accuracy = Objects.requireNonNull(found.prices().get("accuracy"));
    assertThat(accuracy.interval().contains(0)).isTrue();
  }

  @Test
  void the_interval_of_the_price_holds_the_truth_in_about_95_of_100_cohorts() {
    // Answers by coin for half the patients' rows: what is gained and lost is known to be nothing.
    int cohorts = 500;
    int held = 0;
    int balanced = 0;
    for (int i = 0; i < cohorts; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Price price = new Price();
      for (int p = 0; p < 200; p++) {
        boolean alike = random.nextBoolean();
        int[] labels = new int[2];
        int[] before = new int[2];
        int[] after = new int[2];
        for (int eye = 0; eye < 2; eye++) {
          labels[eye] = alike && eye == 1 ? labels[0] : random.nextInt(10) < 3 ? 1 : 0;
          before[eye] = alike && eye == 1 ? before[0] : random.nextInt(2);
          after[eye] = alike && eye == 1 ? after[0] : random.nextInt(2);
        }
        price.add(labels, before, after, 1);
      }
      held += price.accuracy().interval().contains(0) ? 1 : 0;
      balanced += price.balancedAccuracy().interval().contains(0) ? 1 : 0;
    }
    double chance = 3 * Math.sqrt(0.95 * 0.05 / cohorts);
    assertThat((double) held / cohorts).isBetween(0.95 - chance, 0.95 + chance);
    assertThat((double) balanced / cohorts).isBetween(0.95 - chance, 0.95 + chance);
  }

  @Test
  void the_two_halves_hold_every_patient_once_with_all_rows() {
    Cohort cohort = cohort(6, 400, 0.6);
    List<Cohort> halves = cohort.halves(1);
    assertThat(halves.get(0).patients()).isEqualTo(400);
    assertThat(halves.get(1).patients()).isEqualTo(400);
    long[] all = cohort.observed();
    for (int i = 0; i < all.length; i++) {
      assertThat(halves.get(0).observed()[i] + halves.get(1).observed()[i]).isEqualTo(all[i]);
    }
    for (int i = 0; i < halves.get(0).size(); i++) {
      assertThat(halves.get(0).pattern(i)).hasSize(2);
    }
    assertThat(cohort.halves(1).get(0).observed()).isEqualTo(halves.get(0).observed());
    assertThat(cohort.halves(2).get(0).observed()).isNotEqualTo(halves.get(0).observed());
  }

  @Test
  void a_group_with_too_few_of_a_label_keeps_the_model_s_answers() {
    Patients patients = new Patients(7);
    patients.add("good", 300, 1.5).add("poor", 300, 0.6).add("tiny", 15, 0.6);
    Thresholds found =
        Thresholds.of(
                "g",
                patients.cohort(),
                Set.of(),
                Criterion.EQUAL_OPPORTUNITY,
                Objective.ACCURACY,
                PLAN)
            .orElseThrow();
    assertThat(found.rules()).containsOnlyKeys("good", "poor");
    assertThat(frame(found.after(), "true_positive_rate").group("tiny"))
        .isEqualTo(frame(found.before(), "true_positive_rate").group("tiny"));
    Patients alone = new Patients(8).add("good", 300, 1.5).add("tiny", 15, 0.6);
    assertThat(
            Thresholds.of(
                "g",
                alone.cohort(),
                Set.of(),
                Criterion.EQUAL_OPPORTUNITY,
                Objective.ACCURACY,
                PLAN))
        .isEmpty();
  }

  // The rules were fitted on as many patients as look at them: their error comes on top, so the
  // distance from 0 has twice the variance that the interval speaks of.
  private static void isGone(Interval difference) {
    double middle = (difference.lower() + difference.upper()) / 2;
    double half = (difference.upper() - difference.lower()) / 2;
    assertThat(Math.abs(middle)).isLessThan(Math.sqrt(2) * half);
  }

  private static Thresholds run(
      long seed, int patients, double shift, Criterion criterion, Objective objective) {
    return Thresholds.of("g", cohort(seed, patients, shift), Set.of(), criterion, objective, PLAN)
        .orElseThrow();
  }

  private static Cohort cohort(long seed, int patients, double shift) {
    return new Patients(seed).add("good", patients, 1.5).add("poor", patients, shift).cohort();
  }

  private static Interval difference(AttributeFrames frames, String metric) {
    return interval(frame(frames, metric).difference());
  }

  private static MetricFrame frame(AttributeFrames frames, String metric) {
    return frames.frame(metric).orElseThrow();
  }

  private static Interval interval(Estimate estimate) {
    return Objects.requireNonNull(estimate.interval());
  }

  private static final class Patients {
    private final SplittableRandom random;
    private final SortedMap<String, GroupCounts> counts = new TreeMap<>();
    private final Map<String, List<double[][]>> rows = new TreeMap<>();

    Patients(long seed) {
      random = new SplittableRandom(seed);
    }

    Patients add(String group, int patients, double shift) {
      List<double[][]> added = new ArrayList<>();
      GroupCounts own = new GroupCounts();
      for (int p = 0; p < patients; p++) {
        double common = random.nextGaussian();
        double[][] eyes = new double[2][];
        for (int eye = 0; eye < 2; eye++) {
          int label = random.nextDouble() < POSITIVE ? 1 : 0;
          double noise = Math.sqrt(0.5) * (common + random.nextGaussian());
          double score = 1 / (1 + Math.exp(-(noise + (label - 0.5) * shift)));
          eyes[eye] = new double[] {label, score >= 0.5 ? 1 : 0, score};
          own.add(label, score >= 0.5 ? 1 : 0, score, 1);
        }
        added.add(eyes);
      }
      rows.put(group, added);
      counts.put(group, own);
      return this;
    }

    Cohort cohort() {
      Levels all = ModelMetrics.all(Map.of("g", counts)).levels();
      Scheme scheme = Scheme.of(2, all, List.of(), 32);
      List<String> names = List.copyOf(counts.keySet());
      Cohort.Builder builder = new Cohort.Builder(scheme, names);
      rows.forEach(
          (group, patients) ->
              patients.forEach(
                  eyes -> {
                    int[] cells = new int[2];
                    for (int eye = 0; eye < 2; eye++) {
                      cells[eye] =
                          names.indexOf(group) * scheme.outcomes()
                              + scheme.outcome(
                                  (int) eyes[eye][0], (int) eyes[eye][1], eyes[eye][2]);
                    }
                    builder.add(cells, 1);
                  }));
      return builder.build();
    }
  }
}
