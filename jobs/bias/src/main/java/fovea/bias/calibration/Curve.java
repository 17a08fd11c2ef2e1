package fovea.bias.calibration;

import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.Rounding;
import fovea.contract.statistics.Interval;
import fovea.contract.statistics.Levels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A reliability curve: how often the label is 1 where scores say so much.
 *
 * @param bins in the order of scores
 */
public record Curve(List<Bin> bins) {

  /** Copies. */
  public Curve {
    bins = List.copyOf(bins);
  }

  /** Whether no bin may be shown. */
  public boolean isEmpty() {
    return bins.stream().allMatch(b -> b.share().value() == null);
  }

  /**
   * The curve of a group. Bins over fewer people than {@code smallest} are withheld, and so is the
   * next smallest where those withheld would follow from the group's total. A bin's people are its
   * rows times the group's people over its rows.
   */
  static Curve of(GroupCounts group, Edges edges, long smallest, Rounding rounding, String name) {
    Levels levels = group.levels();
    long[] rows = new long[edges.bins()];
    long[] positives = new long[edges.bins()];
    double[] sums = new double[edges.bins()];
    for (int i = 0; i < levels.size(); i++) {
      int bin = edges.bin(levels.score(i));
      rows[bin] += levels.rows(i);
      positives[bin] += levels.positives(i);
      sums[bin] += levels.rows(i) * levels.score(i);
    }
    double share = share(group);
    // A group that is withheld is as one of nobody.
    long people = group.isWithheld() ? -1 : group.people();
    boolean[] withheld = withheld(rows, share, people, smallest);
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < rows.length; b++) {
      Estimate positive =
          withheld[b]
              ? Estimate.tooFew()
              : share(rows[b], positives[b], share, rounding, name + "|" + b);
      Double mean = positive.value() == null ? null : (Double) rounding.digits(sums[b] / rows[b]);
      bins.add(new Bin(edges.from(b), edges.to(b), mean, positive));
    }
    return new Curve(bins);
  }

  private static Estimate share(
      long rows, long positives, double people, Rounding rounding, String name) {
    long[] counts = rounding.of(rows - positives, positives, name);
    long shown = counts[0] + counts[1];
    if (shown == 0) {
      return rows == 0 ? Estimate.undefined("undefined: no scores") : Estimate.tooFew();
    }
    double rate = (double) counts[1] / shown;
    double independent = rounding.independent(rate, shown, Math.max(1, shown * people));
    return new Estimate(rate, Interval.wilson(rate, independent, Interval.Z95), shown, null);
  }

  /** People a row: 1 where every row is a person of its own. */
  static double share(GroupCounts group) {
    return (double) group.people() / Math.max(1, group.matrix().count());
  }

  private static boolean[] withheld(long[] rows, double share, long all, long smallest) {
    boolean[] withheld = new boolean[rows.length];
    int[] present =
        IntStream.range(0, rows.length)
            .filter(b -> rows[b] > 0)
            .boxed()
            .sorted(Comparator.<Integer>comparingLong(b -> rows[b]).thenComparing(b -> b))
            .mapToInt(Integer::intValue)
            .toArray();
    double hidden = 0;
    int bins = 0;
    for (int b : present) {
      boolean small = rows[b] * share < smallest;
      boolean follows = bins > 0 && (bins == 1 || hidden < smallest);
      if (!small && !follows) {
        break;
      }
      withheld[b] = true;
      hidden += rows[b] * share;
      bins++;
    }
    if (all < smallest) {
      Arrays.fill(withheld, true);
    }
    return withheld;
  }
}
