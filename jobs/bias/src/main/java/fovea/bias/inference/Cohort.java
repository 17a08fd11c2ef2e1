package fovea.bias.inference;

import fovea.bias.metrics.GroupCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The patients of one attribute, those alike counted together. What is alike: the rows' groups and
 * outcomes, in any order. Its size grows with the patterns there are, not with patients.
 */
public final class Cohort {
  private final Scheme scheme;
  private final List<String> groups;
  private final int[][] patterns;
  private final long[] patients;

  private Cohort(Scheme scheme, List<String> groups, TreeMap<int[], Long> counted) {
    this.scheme = scheme;
    this.groups = List.copyOf(groups);
    this.patterns = counted.keySet().toArray(int[][]::new);
    this.patients = counted.values().stream().mapToLong(Long::longValue).toArray();
  }

  /** Counts patients. */
  public static final class Builder {
    private final Scheme scheme;
    private final List<String> groups;
    private final TreeMap<int[], Long> counted = new TreeMap<>(Arrays::compare);

    /** For patients whose rows are in these groups. */
    public Builder(Scheme scheme, List<String> groups) {
      this.scheme = scheme;
      this.groups = groups;
    }

    /**
     * Adds patients alike.
     *
     * @param rows of one patient: place of the group x {@link Scheme#outcomes} + outcome
     */
    public Builder add(int[] rows, long times) {
      int[] pattern = rows.clone();
      Arrays.sort(pattern);
      counted.merge(pattern, times, Long::sum);
      return this;
    }

    /** The cohort. */
    public Cohort build() {
      return new Cohort(scheme, groups, counted);
    }
  }

  /** Every row a patient of its own. */
  public static Cohort ofRows(Scheme scheme, Map<String, GroupCounts> groups) {
    List<String> names = new ArrayList<>(groups.keySet());
    Builder builder = new Builder(scheme, names);
    int start = 0;
    for (GroupCounts group : groups.values()) {
      long[] outcomes = outcomes(scheme, group);
      for (int i = 0; i < outcomes.length; i++) {
        if (outcomes[i] > 0) {
          builder.add(new int[] {start + i}, outcomes[i]);
        }
      }
      start += scheme.outcomes();
    }
    return builder.build();
  }

  private static long[] outcomes(Scheme scheme, GroupCounts group) {
    long[] outcomes = new long[scheme.outcomes()];
    for (int label = 0; label < scheme.classes(); label++) {
      for (int prediction = 0; prediction < scheme.classes(); prediction++) {
        outcomes[scheme.outcome(label, prediction, null)] += group.matrix().rows(label, prediction);
      }
    }
    group
        .scores()
        .each(
            (score, label, prediction, times) -> {
              outcomes[scheme.outcome(label, prediction, null)] -= times;
              outcomes[scheme.outcome(label, prediction, score)] += times;
            });
    return outcomes;
  }

  /** How many patterns there are. */
  public int size() {
    return patterns.length;
  }

  /** How its outcomes are numbered. */
  public Scheme scheme() {
    return scheme;
  }

  /** Names, in the order of their places. */
  public List<String> groups() {
    return groups;
  }

  /** The rows of patients alike: place of the group x {@link Scheme#outcomes} + outcome. */
  public int[] pattern(int place) {
    return patterns[place];
  }

  /** How many patients have a pattern. */
  public long patients(int place) {
    return patients[place];
  }

  /** Counts of outcomes, group after group, as they were observed. */
  public long[] observed() {
    long[] counts = new long[groups.size() * scheme.outcomes()];
    for (int i = 0; i < patterns.length; i++) {
      for (int cell : patterns[i]) {
        counts[cell] += patients[i];
      }
    }
    return counts;
  }

  /** Patients in all. */
  public long patients() {
    return Arrays.stream(patients).sum();
  }

  /**
   * Two halves, all rows of a patient in one of them: the larger by at most one is the second.
   * Equal seeds and patients give equal halves.
   */
  public List<Cohort> halves(long seed) {
    Draws draws = new Draws(seed, 0);
    Builder first = new Builder(scheme, groups);
    Builder second = new Builder(scheme, groups);
    long left = patients();
    long wanted = left / 2;
    for (int i = 0; i < patterns.length; i++) {
      long taken = left == wanted ? patients[i] : draws.hypergeometric(left, patients[i], wanted);
      add(first, patterns[i], taken);
      add(second, patterns[i], patients[i] - taken);
      left -= patients[i];
      wanted -= taken;
    }
    return List.of(first.build(), second.build());
  }

  private static void add(Builder half, int[] pattern, long times) {
    if (times > 0) {
      half.add(pattern, times);
    }
  }
}
