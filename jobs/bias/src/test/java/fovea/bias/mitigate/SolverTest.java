package fovea.bias.mitigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Against brute force over every pair of thresholds and a fine grid of chances. */
class SolverTest {
  private static final double[] FROM = {0, 0.2, 0.4, 0.6, 0.8};
  private static final int GRID = 2000;

  private final Map<String, long[][]> rows = new LinkedHashMap<>();
  private final Map<String, Hull> hulls = new LinkedHashMap<>();
  private final Map<String, long[]> sizes = new LinkedHashMap<>();

  @Test
  void a_hull_leaves_out_thresholds_that_chance_beats() {
    Hull hull = Hull.of(FROM, new long[] {4, 2, 2, 1, 1}, new long[] {1, 1, 3, 0, 5});
    // From above: 5 of 10 found at 1 of 10 false alarms, then 5 at 2 (beaten), 8 at 4, 9 at 6
    // (not above the line from 8 at 4 to 10 at 10).
    assertThat(hull.points().stream().map(Hull.Point::threshold))
        .containsExactly(Double.POSITIVE_INFINITY, 0.8, 0.4, 0.2, 0.0);
    Hull.Mix half = hull.atTruePositiveRate(0.65);
    assertThat(half.high().threshold()).isEqualTo(0.8);
    assertThat(half.low().threshold()).isEqualTo(0.4);
    assertThat(half.share()).isCloseTo(0.5, within(1e-12));
    assertThat(half.falsePositiveRate()).isCloseTo(0.25, within(1e-12));
    assertThat(hull.atFalsePositiveRate(0.25).truePositiveRate()).isCloseTo(0.65, within(1e-12));
  }

  @Test
  void equal_opportunity_at_the_model_s_sensitivity_has_the_fewest_false_alarms_there_are() {
    for (long seed = 0; seed < 20; seed++) {
      cohort(seed, 3);
      double rate = 0.1 + 0.04 * seed;
      Map<String, GroupRule> rules =
          new Solver(hulls, sizes, rate).rules(Criterion.EQUAL_OPPORTUNITY, Objective.SENSITIVITY);
      rules.forEach(
          (group, rule) -> {
            assertThat(found(group, rule)).isCloseTo(rate, within(1e-9));
            assertThat(alarms(group, rule)).isCloseTo(fewest(group, rate), within(1e-9));
          });
    }
  }

  @Test
  void equal_opportunity_is_right_as_often_as_any_common_rate_allows() {
    for (Objective objective : new Objective[] {Objective.ACCURACY, Objective.BALANCED_ACCURACY}) {
      for (long seed = 0; seed < 10; seed++) {
        cohort(seed, 3);
        Map<String, GroupRule> rules =
            new Solver(hulls, sizes, 0.5).rules(Criterion.EQUAL_OPPORTUNITY, objective);
        double best = 0;
        for (int i = 0; i <= GRID; i++) {
          double rate = (double) i / GRID;
          double alarms = 0;
          for (String group : hulls.keySet()) {
            alarms += sizes.get(group)[0] * fewest(group, rate);
          }
          best = Math.max(best, objective.of(rate, alarms / all(0), all(1), all(0)));
        }
        double rate = found("g0", rules.get("g0"));
        for (String group : rules.keySet()) {
          assertThat(found(group, rules.get(group))).isCloseTo(rate, within(1e-9));
        }
        double reached = objective.of(rate, overallAlarms(rules), all(1), all(0));
        assertThat(reached).isGreaterThan(best - 1e-9).isLessThan(best + 1.0 / GRID);
      }
    }
  }

  @Test
  void equalised_odds_take_the_best_point_all_groups_can_reach() {
    for (Objective objective : Objective.values()) {
      for (long seed = 0; seed < 10; seed++) {
        cohort(seed, 3);
        double sensitivity = 0.6;
        Map<String, GroupRule> rules =
            new Solver(hulls, sizes, sensitivity).rules(Criterion.EQUALISED_ODDS, objective);
        double found = found("g0", rules.get("g0"));
        double alarms = alarms("g0", rules.get("g0"));
        rules.forEach(
            (group, rule) -> {
              assertThat(found(group, rule)).isCloseTo(found, within(1e-9));
              assertThat(alarms(group, rule)).isCloseTo(alarms, within(1e-9));
            });
        if (objective == Objective.SENSITIVITY) {
          assertThat(found).isCloseTo(sensitivity, within(1e-9));
          assertThat(alarms)
              .isCloseTo(
                  hulls.keySet().stream().mapToDouble(g -> fewest(g, sensitivity)).max().orElse(0),
                  within(1e-9));
          continue;
        }
        double best = 0;
        for (int i = 0; i <= GRID; i++) {
          double x = (double) i / GRID;
          double y = hulls.keySet().stream().mapToDouble(g -> most(g, x)).min().orElse(0);
          best = Math.max(best, objective.of(y, x, all(1), all(0)));
        }
        double reached = objective.of(found, alarms, all(1), all(0));
        assertThat(reached).isGreaterThan(best - 1e-9).isLessThan(best + 5.0 / GRID);
      }
    }
  }

  @Test
  void groups_alike_have_the_same_thresholds() {
    cohort(1, 1);
    rows.put("twin", rows.get("g0"));
    hulls.put("twin", hulls.get("g0"));
    sizes.put("twin", sizes.get("g0"));
    for (Criterion criterion : Criterion.values()) {
      for (Objective objective : Objective.values()) {
        Map<String, GroupRule> rules = new Solver(hulls, sizes, 0.7).rules(criterion, objective);
        assertThat(rules.get("twin")).isEqualTo(rules.get("g0"));
        assertThat(rules.get("g0").ignored()).isZero();
      }
    }
  }

  private void cohort(long seed, int groups) {
    SplittableRandom random = new SplittableRandom(seed);
    rows.clear();
    hulls.clear();
    sizes.clear();
    for (int g = 0; g < groups; g++) {
      long[][] counts = new long[2][FROM.length];
      for (int bin = 0; bin < FROM.length; bin++) {
        counts[0][bin] = 1 + random.nextInt(20);
        counts[1][bin] = 1 + random.nextInt(6 + 5 * bin);
      }
      rows.put("g" + g, counts);
      hulls.put("g" + g, Hull.of(FROM, counts[0], counts[1]));
      sizes.put("g" + g, new long[] {sum(counts[0]), sum(counts[1])});
    }
  }

  // Every pair of thresholds with the chance that leads to the rate.
  private double fewest(String group, double rate) {
    double fewest = 1;
    for (int a = 0; a <= FROM.length; a++) {
      for (int b = 0; b <= FROM.length; b++) {
        double from = rate(group, 1, a);
        double to = rate(group, 1, b);
        double chance = from == to ? 0 : (rate - from) / (to - from);
        boolean reached = from == to ? Math.abs(rate - from) < 1e-12 : chance >= 0 && chance <= 1;
        if (reached) {
          double alarms = rate(group, 0, a) + chance * (rate(group, 0, b) - rate(group, 0, a));
          fewest = Math.min(fewest, alarms);
        }
      }
    }
    return fewest;
  }

  private double most(String group, double alarms) {
    double most = 0;
    for (int a = 0; a <= FROM.length; a++) {
      for (int b = 0; b <= FROM.length; b++) {
        double from = rate(group, 0, a);
        double to = rate(group, 0, b);
        double chance = from == to ? 0 : (alarms - from) / (to - from);
        boolean reached = from == to ? Math.abs(alarms - from) < 1e-12 : chance >= 0 && chance <= 1;
        if (reached) {
          most =
              Math.max(most, rate(group, 1, a) + chance * (rate(group, 1, b) - rate(group, 1, a)));
        }
      }
    }
    return most;
  }

  // Of a label, the share in the bins from the given one up; nobody from the last plus one.
  private double rate(String group, int label, int bin) {
    double sum = 0;
    for (int i = bin; i < FROM.length; i++) {
      sum += rows.get(group)[label][i];
    }
    return sum / sizes.get(group)[label];
  }

  private double found(String group, GroupRule rule) {
    return called(group, rule, 1);
  }

  private double alarms(String group, GroupRule rule) {
    return called(group, rule, 0);
  }

  private double called(String group, GroupRule rule, int label) {
    double sum = 0;
    for (int i = 0; i < FROM.length; i++) {
      sum += rows.get(group)[label][i] * rule.chance(FROM[i]);
    }
    return sum / sizes.get(group)[label];
  }

  private double overallAlarms(Map<String, GroupRule> rules) {
    double sum = 0;
    for (Map.Entry<String, GroupRule> rule : rules.entrySet()) {
      sum += sizes.get(rule.getKey())[0] * alarms(rule.getKey(), rule.getValue());
    }
    return sum / all(0);
  }

  private double all(int label) {
    return sizes.values().stream().mapToDouble(s -> s[label]).sum();
  }

  private static long sum(long[] counts) {
    return java.util.Arrays.stream(counts).sum();
  }
}
