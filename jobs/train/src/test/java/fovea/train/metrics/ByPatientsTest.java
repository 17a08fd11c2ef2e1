package fovea.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.statistics.Interval;
import fovea.train.data.Objective;
import fovea.train.data.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ByPatientsTest {
  private static final double THRESHOLD = 0.5;

  @Test
  void added_up_by_patient_the_intervals_are_those_of_the_images_one_by_one() {
    List<Scored> answers = answers();
    Figures expected = Figures.of(answers, THRESHOLD);
    ByPatients sums = sums(answers, expected);
    assertNear(sums.ofArea(expected.auc()), expected.aucInterval());
    assertNear(sums.positives().interval(), expected.sensitivityInterval());
    assertNear(sums.negatives().interval(), expected.specificityInterval());
  }

  private static void assertNear(Interval found, Interval expected) {
    var within = org.assertj.core.api.Assertions.within(1e-12);
    assertThat(found.lower()).isCloseTo(expected.lower(), within);
    assertThat(found.upper()).isCloseTo(expected.upper(), within);
    assertThat(found.upper() - found.lower()).isGreaterThan(0.05);
  }

  // Two eyes a patient, some of either class, with ties among the scores.
  private static List<Scored> answers() {
    SplittableRandom random = new SplittableRandom(3);
    List<Scored> answers = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int grade = i % 7 == 0 ? 3 : i / 2 % 3 == 0 ? 2 : 0;
      double score = Math.round(10 * (random.nextDouble() * 0.7 + (grade > 1 ? 0.3 : 0))) / 10.0;
      answers.add(new Scored(score, grade, Objective.NO_GRADE, Subject.of("p" + i / 2)));
    }
    return answers;
  }

  private static ByPatients sums(List<Scored> answers, Figures known) {
    Map<String, double[]> patients = new TreeMap<>();
    long m = answers.stream().filter(Scored::positive).count();
    long n = answers.size() - m;
    for (Scored a : answers) {
      double[] sum = patients.computeIfAbsent(a.subject().patient(), p -> new double[6]);
      int side = a.positive() ? 0 : 3;
      boolean right = a.positive() == (a.score() >= THRESHOLD);
      sum[side]++;
      sum[side + 1] += right ? 1 : 0;
      sum[side + 2] += placement(a, answers, a.positive() ? n : m) - known.auc();
    }
    double both = patients.values().stream().mapToDouble(s -> s[2] * s[5]).sum();
    return new ByPatients(
        patients.size(),
        side(patients, 0, m, known.confusion().sensitivity()),
        side(patients, 3, n, known.confusion().specificity()),
        both);
  }

  private static ByPatients.Side side(
      Map<String, double[]> patients, int at, long images, double right) {
    List<double[]> some = patients.values().stream().filter(s -> s[at] > 0).toList();
    return new ByPatients.Side(
        images,
        some.size(),
        right,
        some.stream().mapToDouble(s -> s[at + 2] * s[at + 2]).sum(),
        some.stream().mapToDouble(s -> Math.pow(s[at + 1] - right * s[at], 2)).sum());
  }

  private static double placement(Scored one, List<Scored> all, long others) {
    double won = 0;
    for (Scored other : all) {
      if (other.positive() != one.positive()) {
        double difference = one.score() - other.score();
        double sign = one.positive() ? difference : -difference;
        won += sign > 0 ? 1 : sign == 0 ? 0.5 : 0;
      }
    }
    return won / others;
  }
}
