package fovea.bias.metrics;

import java.util.Map;
import java.util.TreeSet;

/** Distances between two distributions over the same categories, given as counts. */
public final class Distances {
  private Distances() {}

  /** Half the sum of absolute differences: 0 for equal, 1 for disjoint. */
  public static double totalVariation(Map<String, Long> a, Map<String, Long> b) {
    double sum = 0;
    for (String category : union(a, b)) {
      sum += Math.abs(share(a, category) - share(b, category));
    }
    return sum / 2;
  }

  /**
   * The Jensen-Shannon distance: the square root of the divergence in bits; 0 for equal, 1 for
   * disjoint.
   */
  public static double jensenShannon(Map<String, Long> a, Map<String, Long> b) {
    double divergence = 0;
    for (String category : union(a, b)) {
      double p = share(a, category);
      double q = share(b, category);
      double middle = (p + q) / 2;
      divergence += (term(p, middle) + term(q, middle)) / 2;
    }
    return Math.sqrt(Math.max(0, divergence));
  }

  /** The work to turn one into the other along the order of the categories' names, in steps. */
  public static double wasserstein(Map<String, Long> a, Map<String, Long> b) {
    TreeSet<String> categories = union(a, b);
    return Balance.wasserstein(
        categories.stream().mapToDouble(c -> share(a, c)).toArray(),
        categories.stream().mapToDouble(c -> share(b, c)).toArray());
  }

  private static double term(double p, double middle) {
    return p == 0 ? 0 : p * Math.log(p / middle) / Math.log(2);
  }

  private static TreeSet<String> union(Map<String, Long> a, Map<String, Long> b) {
    TreeSet<String> categories = new TreeSet<>(a.keySet());
    categories.addAll(b.keySet());
    return categories;
  }

  private static double share(Map<String, Long> counts, String category) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    return (double) counts.getOrDefault(category, 0L) / total;
  }
}
