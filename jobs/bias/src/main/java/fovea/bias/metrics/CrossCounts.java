package fovea.bias.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The sufficient statistics of a data set: how often each category of each variable occurs in each
 * group of each attribute. A missing value is the category {@link MetricFrame#UNKNOWN}.
 */
public final class CrossCounts {
  private final Map<String, Map<String, Group>> attributes = new LinkedHashMap<>();

  /** Announces an attribute, so that reports keep the order asked for. */
  public CrossCounts attribute(String attribute) {
    attributes.putIfAbsent(attribute, new TreeMap<>(MetricFrame.inOrder()));
    return this;
  }

  /** Adds rows. */
  public CrossCounts add(
      String attribute, String group, String variable, String category, long times) {
    group(attribute, group)
        .variables
        .computeIfAbsent(variable, v -> new TreeMap<>())
        .merge(category, times, Long::sum);
    return this;
  }

  /** Says how many patients a group's rows are of; without it every row counts as one. */
  public CrossCounts ofPeople(String attribute, String group, long patients) {
    group(attribute, group).people = patients;
    return this;
  }

  Map<String, Map<String, Group>> attributes() {
    return attributes;
  }

  private Group group(String attribute, String group) {
    return attributes
        .computeIfAbsent(attribute, a -> new TreeMap<>(MetricFrame.inOrder()))
        .computeIfAbsent(group, g -> new Group());
  }

  static final class Group {
    private final Map<String, Map<String, Long>> variables = new TreeMap<>();
    private long people = Long.MAX_VALUE;
    private boolean withheld;

    Map<String, Map<String, Long>> variables() {
      return variables;
    }

    void withhold() {
      withheld = true;
    }

    boolean isWithheld() {
      return withheld;
    }

    Group rounded(Rounding rounding, String name) {
      Group rounded = new Group();
      long[] shown = rounding.of(rows(), people(), name);
      variables.forEach(
          (variable, counts) -> rounded.variables.put(variable, rounding.of(counts, name)));
      rounded.people = shown[1];
      rounded.withheld = withheld;
      return rounded;
    }

    long people() {
      return Math.min(people, rows());
    }

    long rows() {
      return variables.values().stream().findFirst().map(Group::total).orElse(0L);
    }

    Map<String, Long> counts(String variable) {
      return variables.getOrDefault(variable, Map.of());
    }

    Map<String, Long> known(String variable) {
      Map<String, Long> known = new TreeMap<>(counts(variable));
      known.remove(MetricFrame.UNKNOWN);
      return known;
    }

    static long total(Map<String, Long> counts) {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Group plus(Group other) {
      Group both = new Group();
      // Who is in both counts twice: still at most one a row.
      both.people = people() + other.people();
      for (Group each : new Group[] {this, other}) {
        each.variables.forEach(
            (variable, counts) ->
                counts.forEach(
                    (category, times) ->
                        both.variables
                            .computeIfAbsent(variable, v -> new TreeMap<>())
                            .merge(category, times, Long::sum)));
      }
      return both;
    }
  }
}
