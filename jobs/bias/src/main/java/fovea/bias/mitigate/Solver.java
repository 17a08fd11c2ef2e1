package fovea.bias.mitigate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The fair point of several groups on the convex hulls of their ROC curves (Hardt, Price and Srebro
 * 2016, section 4). The objective is concave and piecewise linear along the points that are fair,
 * so only its corners are tried.
 */
final class Solver {
  private final Map<String, Hull> hulls;
  private final Map<String, long[]> sizes;
  private final double sensitivity;

  /**
   * Prepares.
   *
   * @param sizes negatives and positives by group
   * @param sensitivity the model's true positive rate over these groups
   */
  Solver(Map<String, Hull> hulls, Map<String, long[]> sizes, double sensitivity) {
    this.hulls = hulls;
    this.sizes = sizes;
    this.sensitivity = sensitivity;
  }

  Map<String, GroupRule> rules(Criterion criterion, Objective objective) {
    return criterion == Criterion.EQUAL_OPPORTUNITY ? opportunity(objective) : odds(objective);
  }

  private Map<String, GroupRule> opportunity(Objective objective) {
    double rate = objective == Objective.SENSITIVITY ? sensitivity : bestRate(objective);
    Map<String, GroupRule> rules = new LinkedHashMap<>();
    hulls.forEach((group, hull) -> rules.put(group, GroupRule.of(hull.atTruePositiveRate(rate))));
    return rules;
  }

  private double bestRate(Objective objective) {
    TreeSet<Double> corners = new TreeSet<>();
    hulls.values().forEach(h -> h.points().forEach(p -> corners.add(p.truePositiveRate())));
    double best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (double rate : corners) {
      double value = objective.of(rate, falseAlarms(rate), all(1), all(0));
      if (value > most) {
        most = value;
        best = rate;
      }
    }
    return best;
  }

  // Over all groups, where each has this true positive rate.
  private double falseAlarms(double rate) {
    double sum = 0;
    for (Map.Entry<String, Hull> group : hulls.entrySet()) {
      sum +=
          size(group.getKey(), 0) * group.getValue().atTruePositiveRate(rate).falsePositiveRate();
    }
    return sum / all(0);
  }

  private Map<String, GroupRule> odds(Objective objective) {
    double x = objective == Objective.SENSITIVITY ? enough(sensitivity) : bestAlarms(objective);
    double y = objective == Objective.SENSITIVITY ? sensitivity : lowest(x);
    Map<String, GroupRule> rules = new LinkedHashMap<>();
    hulls.forEach((group, hull) -> rules.put(group, lowered(hull.atFalsePositiveRate(x), x, y)));
    return rules;
  }

  // A hull above the common point is mixed with the diagonal's point of as many false alarms.
  private static GroupRule lowered(Hull.Mix mix, double x, double y) {
    double above = mix.truePositiveRate();
    double part = above - x <= 1e-12 ? 0 : (above - y) / (above - x);
    GroupRule rule = GroupRule.of(mix);
    return part <= 1e-12 ? rule : rule.ignoring(Math.min(1, part), x);
  }

  // The fewest false alarms at which every group can reach a true positive rate.
  private double enough(double rate) {
    double most = 0;
    for (Hull hull : hulls.values()) {
      most = Math.max(most, hull.atTruePositiveRate(rate).falsePositiveRate());
    }
    return most;
  }

  private double bestAlarms(Objective objective) {
    double best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (double x : corners()) {
      double value = objective.of(lowest(x), x, all(1), all(0));
      if (value > most + 1e-15) {
        most = value;
        best = x;
      }
    }
    return best;
  }

  // Where the lowest hull bends: at a hull's own corner, or where two of them cross.
  private TreeSet<Double> corners() {
    TreeSet<Double> corners = new TreeSet<>();
    hulls.values().forEach(h -> h.points().forEach(p -> corners.add(p.falsePositiveRate())));
    TreeSet<Double> all = new TreeSet<>(corners);
    List<Hull> each = List.copyOf(hulls.values());
    for (double from : corners) {
      Double to = corners.higher(from);
      if (to == null) {
        continue;
      }
      for (int a = 0; a < each.size(); a++) {
        for (int b = a + 1; b < each.size(); b++) {
          double left = height(each.get(a), from) - height(each.get(b), from);
          double right = height(each.get(a), to) - height(each.get(b), to);
          if (left * right < 0) {
            all.add(from + (to - from) * left / (left - right));
          }
        }
      }
    }
    return all;
  }

  private double lowest(double x) {
    return hulls.values().stream().mapToDouble(h -> height(h, x)).min().orElse(0);
  }

  private static double height(Hull hull, double x) {
    return hull.atFalsePositiveRate(x).truePositiveRate();
  }

  private double all(int label) {
    return sizes.keySet().stream().mapToDouble(g -> size(g, label)).sum();
  }

  private double size(String group, int label) {
    return sizes.getOrDefault(group, new long[2])[label];
  }
}
