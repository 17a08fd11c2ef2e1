package fovea.bias.mitigate;

import fovea.contract.statistics.Interval;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What other answers cost, patient by patient: the same patients before and after, so the interval
 * of the change is that of a paired comparison, from the patients' residuals of the ratio estimate.
 */
final class Price {
  // positives, negatives, found before, cleared before, found after, cleared after: patients
  private final TreeMap<int[], Long> patients = new TreeMap<>(Arrays::compare);
  private final double[] sums = new double[6];

  /** Adds patients alike: their rows' labels and answers. */
  void add(int[] labels, int[] before, int[] after, long times) {
    int[] counts = new int[6];
    for (int i = 0; i < labels.length; i++) {
      int side = labels[i] == 1 ? 0 : 1;
      counts[side]++;
      counts[2 + side] += before[i] == labels[i] ? 1 : 0;
      counts[4 + side] += after[i] == labels[i] ? 1 : 0;
    }
    patients.merge(counts, times, Long::sum);
    for (int i = 0; i < counts.length; i++) {
      sums[i] += (double) times * counts[i];
    }
  }

  Thresholds.Cost accuracy() {
    double rows = sums[0] + sums[1];
    double before = (sums[2] + sums[3]) / rows;
    double after = (sums[4] + sums[5]) / rows;
    double change = after - before;
    double squares = 0;
    for (Map.Entry<int[], Long> alike : patients.entrySet()) {
      int[] c = alike.getKey();
      double off = (c[4] + c[5] - c[2] - c[3] - change * (c[0] + c[1])) / rows;
      squares += alike.getValue() * off * off;
    }
    return change(before, after, squares);
  }

  Thresholds.Cost balancedAccuracy() {
    double before = (sums[2] / sums[0] + sums[3] / sums[1]) / 2;
    double after = (sums[4] / sums[0] + sums[5] / sums[1]) / 2;
    double found = (sums[4] - sums[2]) / sums[0];
    double cleared = (sums[5] - sums[3]) / sums[1];
    double squares = 0;
    for (Map.Entry<int[], Long> alike : patients.entrySet()) {
      int[] c = alike.getKey();
      double off =
          (c[4] - c[2] - found * c[0]) / sums[0] / 2 + (c[5] - c[3] - cleared * c[1]) / sums[1] / 2;
      squares += alike.getValue() * off * off;
    }
    return change(before, after, squares);
  }

  private Thresholds.Cost change(double before, double after, double squares) {
    double n = patients.values().stream().mapToLong(Long::longValue).sum();
    double deviation = Math.sqrt(squares * n / Math.max(1, n - 1));
    return new Thresholds.Cost(
        before, after, Interval.normal(after - before, deviation, Interval.Z95));
  }
}
