package fovea.bias.metrics;

import fovea.bias.metrics.CrossCounts.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/** The largest distance between the distributions of two groups. */
final class Spread {
  // Their categories, sorted by name, stand in their natural order.
  private static final Set<String> ORDERED = Set.of("dr_grade", "age_band");

  private Spread() {}

  static Map<String, Estimate> of(String variable, Map<String, Group> groups, long smallest) {
    List<String> names = new ArrayList<>();
    groups.forEach(
        (name, group) -> {
          boolean enough = Math.min(group.people(), Group.total(group.known(variable))) >= smallest;
          if (enough && !group.isWithheld() && !name.equals(MetricFrame.UNKNOWN)) {
            names.add(name);
          }
        });
    Map<String, Estimate> spread = new LinkedHashMap<>();
    spread.put(
        variable + "_total_variation", largest(variable, groups, names, Distances::totalVariation));
    spread.put(
        variable + "_jensen_shannon", largest(variable, groups, names, Distances::jensenShannon));
    if (ORDERED.contains(variable)) {
      spread.put(
          variable + "_wasserstein", largest(variable, groups, names, Distances::wasserstein));
    }
    return spread;
  }

  private static Estimate largest(
      String variable,
      Map<String, Group> groups,
      List<String> names,
      ToDoubleBiFunction<Map<String, Long>, Map<String, Long>> distance) {
    Estimate largest = Estimate.undefined("fewer than two groups to compare");
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        double between =
            distance.applyAsDouble(
                known(groups, names.get(i), variable), known(groups, names.get(j), variable));
        Double sofar = largest.value();
        if (sofar == null || between > sofar) {
          String pair = "between " + names.get(i) + " and " + names.get(j);
          largest = new Estimate(between, null, null, pair);
        }
      }
    }
    return largest;
  }

  private static Map<String, Long> known(Map<String, Group> groups, String name, String variable) {
    Group group = groups.get(name);
    return group == null ? Map.of() : group.known(variable);
  }
}
