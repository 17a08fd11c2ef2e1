package fovea.bias.metrics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Two attributes together: groups are pairs of groups.
 *
 * @param first an attribute
 * @param second another
 */
public record Crossing(String first, String second) implements Serializable {
  private static final String AND = ", ";

  /** Every pair of attributes, in their order. */
  public static List<Crossing> pairs(List<String> attributes) {
    List<Crossing> pairs = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      for (int j = i + 1; j < attributes.size(); j++) {
        pairs.add(new Crossing(attributes.get(i), attributes.get(j)));
      }
    }
    return pairs;
  }

  /** Its name as an attribute: {@code sex+age_band}. */
  public String attribute() {
    return first + "+" + second;
  }

  /** The group of both: {@code female, 40-49}; unknown where either is. */
  public String group(String ofFirst, String ofSecond) {
    return ofFirst.equals(MetricFrame.UNKNOWN) || ofSecond.equals(MetricFrame.UNKNOWN)
        ? MetricFrame.UNKNOWN
        : ofFirst.replace(AND, ",") + AND + ofSecond;
  }

  /**
   * Marks the pairs of groups that are withheld although they have enough people, because a small
   * one would follow from the groups of either attribute.
   *
   * @param counts of this attribute, by {@link #group}
   * @param smallest fewer people are too few
   */
  public void withhold(Map<String, GroupCounts> counts, long smallest) {
    withheld(counts, GroupCounts::people, smallest)
        .forEach(name -> Optional.ofNullable(counts.get(name)).ifPresent(GroupCounts::withhold));
  }

  /** The same for what data are like. */
  public void withhold(CrossCounts cross, long smallest) {
    Map<String, CrossCounts.Group> groups = cross.attributes().getOrDefault(attribute(), Map.of());
    withheld(groups, CrossCounts.Group::people, smallest)
        .forEach(
            name -> Optional.ofNullable(groups.get(name)).ifPresent(CrossCounts.Group::withhold));
  }

  private static <T> List<String> withheld(
      Map<String, T> groups, ToLongFunction<T> people, long smallest) {
    Map<String, Map<String, Long>> table = new TreeMap<>();
    groups.forEach(
        (name, group) -> {
          int at = name.indexOf(AND);
          if (at >= 0) {
            table
                .computeIfAbsent(name.substring(0, at), a -> new TreeMap<>())
                .put(name.substring(at + AND.length()), people.applyAsLong(group));
          }
        });
    List<String> names = new ArrayList<>();
    Complement.withheld(table, smallest)
        .forEach(
            (a, line) ->
                line.stream()
                    .filter(b -> shown(table, a, b, smallest))
                    .forEach(b -> names.add(a + AND + b)));
    return names;
  }

  private static boolean shown(
      Map<String, Map<String, Long>> table, String a, String b, long smallest) {
    return table.getOrDefault(a, Map.of()).getOrDefault(b, 0L) >= smallest;
  }
}
