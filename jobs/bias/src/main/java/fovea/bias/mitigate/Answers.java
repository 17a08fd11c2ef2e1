package fovea.bias.mitigate;

import fovea.bias.inference.Cohort;
import fovea.bias.inference.Draws;
import fovea.bias.inference.Scheme;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.contract.statistics.Levels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The answers of a cohort's rows before and after rules by group, drawn where a rule leaves it. */
final class Answers {
  private final Cohort cohort;
  private final Scheme scheme;
  private final Scheme plain = Scheme.of(2, Levels.NONE, List.of(), 0);
  private final Map<String, GroupRule> rules;
  private final Draws draws;
  private final Cohort.Builder before;
  private final Cohort.Builder after;
  private final Price price = new Price();

  Answers(Cohort cohort, Map<String, GroupRule> rules, long seed) {
    this.cohort = cohort;
    this.scheme = cohort.scheme();
    this.rules = rules;
    this.draws = new Draws(seed, 1);
    this.before = new Cohort.Builder(plain, cohort.groups());
    this.after = new Cohort.Builder(plain, cohort.groups());
    for (int i = 0; i < cohort.size(); i++) {
      draw(cohort.pattern(i), new int[cohort.pattern(i).length], 0, cohort.patients(i));
    }
  }

  Cohort before() {
    return before.build();
  }

  Cohort after() {
    return after.build();
  }

  Price price() {
    return price;
  }

  // Row after row, so many of the patients alike are answered with 1, the others with 0.
  private void draw(int[] cells, int[] answers, int row, long times) {
    if (times == 0) {
      return;
    }
    if (row == cells.length) {
      add(cells, answers, times);
      return;
    }
    long positive = draws.binomial(times, chance(cells[row]));
    answers[row] = 1;
    draw(cells, answers, row + 1, positive);
    answers[row] = 0;
    draw(cells, answers, row + 1, times - positive);
  }

  private double chance(int cell) {
    int outcome = cell % scheme.outcomes();
    GroupRule rule = rules.get(cohort.groups().get(cell / scheme.outcomes()));
    int bin = outcome % scheme.bins();
    if (rule == null || bin == scheme.bins() - 1) {
      return said(outcome);
    }
    return rule.chance(scheme.from(bin));
  }

  private void add(int[] cells, int[] answers, long times) {
    int[] labels = new int[cells.length];
    int[] said = new int[cells.length];
    int[] old = new int[cells.length];
    int[] now = new int[cells.length];
    for (int i = 0; i < cells.length; i++) {
      int outcome = cells[i] % scheme.outcomes();
      int group = cells[i] / scheme.outcomes();
      labels[i] = label(outcome);
      said[i] = said(outcome);
      old[i] = group * plain.outcomes() + plain.outcome(labels[i], said[i], null);
      now[i] = group * plain.outcomes() + plain.outcome(labels[i], answers[i], null);
    }
    before.add(old, times);
    after.add(now, times);
    price.add(labels, said, answers, times);
  }

  private int label(int outcome) {
    return outcome / scheme.bins() / scheme.classes();
  }

  private int said(int outcome) {
    return outcome / scheme.bins() % scheme.classes();
  }

  /** What metrics need to know of the groups of a cohort, without scores. */
  static Map<String, GroupCounts> counts(Cohort cohort, Set<String> withheld) {
    int outcomes = cohort.scheme().outcomes();
    int bins = cohort.scheme().bins();
    long[] observed = cohort.observed();
    long[] people = new long[cohort.groups().size()];
    for (int i = 0; i < cohort.size(); i++) {
      long times = cohort.patients(i);
      Arrays.stream(cohort.pattern(i))
          .map(c -> c / outcomes)
          .distinct()
          .forEach(g -> people[g] += times);
    }
    Map<String, GroupCounts> counts = new TreeMap<>(MetricFrame.inOrder());
    for (int g = 0; g < people.length; g++) {
      GroupCounts group = new GroupCounts();
      for (int i = 0; i < outcomes; i++) {
        group.add(i / bins / 2, i / bins % 2, null, observed[g * outcomes + i]);
      }
      String name = cohort.groups().get(g);
      counts.put(name, withheld.contains(name) ? group.withhold() : group.ofPeople(people[g]));
    }
    return counts;
  }
}
