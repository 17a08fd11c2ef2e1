package fovea.bias.metrics;

import fovea.bias.metrics.CrossCounts.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;

/**
 * How an attribute's groups are spread, in patients, against a {@link Reference}. Rows without a
 * value and groups below the smallest cell are left out.
 */
final class Representation {
  private Representation() {}

  static Map<String, Estimate> of(
      String attribute, Map<String, Group> groups, Reference reference, long smallest) {
    List<String> names = new ArrayList<>();
    groups.forEach(
        (name, group) -> {
          if (!name.equals(MetricFrame.UNKNOWN)
              && !group.isWithheld()
              && group.people() >= smallest) {
            names.add(name);
          }
        });
    Map<String, Estimate> figures = new LinkedHashMap<>();
    if (names.size() < 2) {
      figures.put(
          "reference_total_variation", Estimate.undefined("fewer than two groups to compare"));
      return figures;
    }
    double[] people = names.stream().mapToDouble(n -> people(groups, n)).toArray();
    double all = DoubleStream.of(people).sum();
    double[] shares = DoubleStream.of(people).map(n -> n / all).toArray();
    double[] wanted = reference.of(attribute, names);
    figures.put("reference_kl_divergence", figure(Balance::klDivergence, shares, wanted));
    figures.put("reference_jensen_shannon", figure(Balance::jensenShannon, shares, wanted));
    figures.put("reference_total_variation", figure(Balance::totalVariation, shares, wanted));
    figures.put("reference_infinity_norm", figure(Balance::infinityNorm, shares, wanted));
    figures.put("reference_wasserstein", figure(Balance::wasserstein, shares, wanted));
    Estimate chiSquare = figure(Balance::chiSquare, people, wanted);
    figures.put("reference_chi_square", chiSquare);
    Double statistic = chiSquare.value();
    if (statistic != null) {
      figures.put(
          "reference_chi_square_p", plain(ChiSquare.upperTail(statistic, names.size() - 1L)));
    }
    figures.put("theil_t", plain(Balance.theilT(shares)));
    figures.put("theil_l", plain(Balance.theilL(shares)));
    figures.put("atkinson", plain(Balance.atkinson(shares)));
    return figures;
  }

  private static double people(Map<String, Group> groups, String name) {
    Group group = groups.get(name);
    return group == null ? 0 : group.people();
  }

  private static Estimate figure(
      ToDoubleBiFunction<double[], double[]> distance, double[] observed, double[] wanted) {
    return plain(distance.applyAsDouble(observed, wanted));
  }

  private static Estimate plain(double value) {
    return Double.isFinite(value)
        ? new Estimate(value, null, null, null)
        : Estimate.undefined("undefined: a group the reference does not know");
  }
}
