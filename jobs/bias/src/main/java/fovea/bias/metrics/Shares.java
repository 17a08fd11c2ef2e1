package fovea.bias.metrics;

import fovea.bias.metrics.CrossCounts.Group;
import java.util.List;
import java.util.Map;

/**
 * The share of a category within a group. A category of 1 to {@code smallest - 1} rows is withheld;
 * where only one is, the next smallest goes too, or the group's total would give it away.
 */
final class Shares {
  private Shares() {}

  static Estimate of(Map<String, Long> known, String category, long smallest) {
    long rows = known.getOrDefault(category, 0L);
    return withheld(known, smallest).contains(category)
        ? Estimate.tooFew()
        : Estimate.proportion(rows, Group.total(known), smallest, "nothing known");
  }

  private static List<String> withheld(Map<String, Long> known, long smallest) {
    List<String> present =
        known.entrySet().stream()
            .filter(e -> e.getValue() > 0)
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    long small = known.values().stream().filter(n -> n > 0 && n < smallest).count();
    return present.subList(0, (int) Math.min(present.size(), small == 1 ? 2 : small));
  }
}
