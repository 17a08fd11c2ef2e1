package fovea.train.metrics;

import fovea.contract.statistics.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A share of images. Images of one patient are alike, so the interval is Wilson's with the number
 * of images that many independent ones would be worth (Rao and Scott 1992).
 *
 * @param value 0 where there is no image
 * @param trials effective number, at most that of the images
 */
record Proportion(double value, double trials) {

  static Proportion of(List<Scored> images, Predicate<Scored> counted) {
    Map<String, double[]> patients = new TreeMap<>();
    for (Scored image : images) {
      double[] cell = patients.computeIfAbsent(image.subject().patient(), p -> new double[2]);
      cell[0] += counted.test(image) ? 1 : 0;
      cell[1]++;
    }
    double n = images.size();
    double value = n == 0 ? 0 : images.stream().filter(counted).count() / n;
    return new Proportion(value, effective(value, n, patients.values()));
  }

  Interval interval() {
    return Interval.wilson(value, trials, Interval.Z95);
  }

  // All alike say nothing of how alike a patient's images are: then each patient counts once.
  private static double effective(double value, double n, Collection<double[]> patients) {
    double m = patients.size();
    if (value == 0 || value == 1 || m < 2) {
      return m;
    }
    double squares = 0;
    for (double[] cell : patients) {
      squares += Math.pow(cell[0] - value * cell[1], 2);
    }
    double variance = m / (m - 1) * squares / (n * n);
    double independent = value * (1 - value) / n;
    return n / Math.max(1, variance / independent);
  }
}
