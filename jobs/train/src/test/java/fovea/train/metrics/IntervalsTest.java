package fovea.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.contract.statistics.DeLong;
import fovea.contract.statistics.Interval;
import fovea.train.data.Objective;
import fovea.train.data.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalsTest {
  @Test
  void a_share_of_images_of_different_patients_counts_each_image() {
    List<Scored> images = answers(60, 1);
    Proportion share = Proportion.of(images, a -> a.score() > 0.5);
    assertThat(share.trials()).isBetween(58.0, 60.0);
    assertThat(share.value())
        .isEqualTo(images.stream().filter(a -> a.score() > 0.5).count() / 60.0);
  }

  @Test
  void a_patient_of_whom_every_image_says_the_same_counts_once() {
    List<Scored> once = answers(40, 1);
    List<Scored> thrice = new ArrayList<>();
    once.forEach(a -> thrice.addAll(List.of(a, a, a)));
    double one = Proportion.of(once, a -> a.score() > 0.5).trials();
    assertThat(Proportion.of(thrice, a -> a.score() > 0.5).trials()).isEqualTo(39, within(1e-9));
    assertThat(one).isEqualTo(39, within(1e-9));
    assertThat(Proportion.of(thrice, a -> true).trials()).isEqualTo(40);
  }

  @Test
  void the_areas_deviation_is_delongs_where_each_patient_has_one_image() {
    for (int seed = 0; seed < 5; seed++) {
      List<Scored> answers = answers(50, seed);
      double area = Roc.of(answers).area();
      assertThat(deviation(answers)).isEqualTo(plain(answers, area), within(1e-12));
    }
  }

  @Test
  void the_same_images_twice_say_no_more_than_once() {
    List<Scored> answers = answers(50, 7);
    List<Scored> twice = new ArrayList<>(answers);
    twice.addAll(answers);
    assertThat(deviation(twice)).isEqualTo(deviation(answers), within(1e-12));
  }

  @Test
  void ninety_five_of_a_hundred_intervals_hold_the_true_area() {
    int held = 0;
    for (int seed = 0; seed < 400; seed++) {
      List<Scored> answers = normal(120, seed);
      double area = Roc.of(answers).area();
      Interval interval = Interval.logit(area, deviation(answers), Interval.Z95);
      // Normal scores one deviation apart: Phi(1 / sqrt 2).
      held += interval.lower() <= 0.76025 && 0.76025 <= interval.upper() ? 1 : 0;
    }
    assertThat(held / 400.0).isBetween(0.92, 0.98);
  }

  // DeLong et al. 1988, pair by pair.
  private static double plain(List<Scored> answers, double area) {
    List<Scored> positives = answers.stream().filter(Scored::positive).toList();
    List<Scored> negatives = answers.stream().filter(a -> !a.positive()).toList();
    double above = 0;
    for (Scored p : positives) {
      double mean = negatives.stream().mapToDouble(n -> kernel(p, n)).average().orElseThrow();
      above += Math.pow(mean - area, 2) / (positives.size() - 1);
    }
    double below = 0;
    for (Scored n : negatives) {
      double mean = positives.stream().mapToDouble(p -> kernel(p, n)).average().orElseThrow();
      below += Math.pow(mean - area, 2) / (negatives.size() - 1);
    }
    return Math.sqrt(above / positives.size() + below / negatives.size());
  }

  private static double kernel(Scored positive, Scored negative) {
    return positive.score() > negative.score() ? 1 : positive.score() == negative.score() ? 0.5 : 0;
  }

  // Half of them above one half, whatever the seed; with ties.
  private static List<Scored> answers(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Scored> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double score = (i % 2 == 0 ? 0.55 : 0.05) + random.nextInt(5) / 12.5;
      int grade = random.nextDouble() < score ? 3 : 1;
      answers.add(new Scored(score, grade, Objective.NO_GRADE, Subject.of("p" + i)));
    }
    return answers;
  }

  private static List<Scored> normal(int count, long seed) {
    java.util.Random random = new java.util.Random(seed);
    List<Scored> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double score = random.nextGaussian() + i % 2;
      answers.add(new Scored(score, 2 * (i % 2), Objective.NO_GRADE, Subject.of("p" + i)));
    }
    return answers;
  }

  private static double deviation(List<Scored> answers) {
    return DeLong.deviation(answers.stream().map(Scored::answer).toList());
  }
}
