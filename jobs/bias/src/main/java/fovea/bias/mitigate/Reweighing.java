package fovea.bias.mitigate;

import fovea.bias.metrics.Confusion;
import fovea.bias.metrics.Estimate;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.Rounding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights for training under which label and group are independent (Kamiran and Calders 2012):
 * {@code P(group) P(label) / P(group, label)}. A group with fewer people of either label than the
 * smallest cell, and rows without a group, keep weight 1 and take no part.
 *
 * @param attribute for example {@code sex}
 * @param cells every group with both labels
 * @param before difference of the largest and the smallest share of label 1
 * @param after the same of weighted rows
 * @param effective independent rows of equal weight that would say as much as the weighted ones
 *     (Kish 1965); null where nothing is weighted
 */
public record Reweighing(
    String attribute,
    List<Cell> cells,
    Estimate before,
    Estimate after,
    @Nullable Double effective) {

  /**
   * One weight.
   *
   * @param label 1 or 0
   * @param rows null where too few
   * @param weight 1 where too few
   */
  public record Cell(String group, int label, @Nullable Long rows, double weight) {}

  /** Copies. */
  public Reweighing {
    cells = List.copyOf(cells);
  }

  /** The weights of an attribute. */
  public static Reweighing of(
      String attribute, Map<String, GroupCounts> groups, long smallest, Rounding rounding) {
    Map<String, Confusion> kept = new LinkedHashMap<>();
    groups.forEach(
        (name, group) -> {
          if (!name.equals(MetricFrame.UNKNOWN) && enough(group, smallest)) {
            Confusion own = group.confusion();
            long[] counts = rounding.of(own.negatives(), own.positives(), attribute + "|" + name);
            if (Math.min(counts[0], counts[1]) > 0) {
              kept.put(name, new Confusion(counts[1], 0, counts[0], 0));
            }
          }
        });
    Confusion all = kept.values().stream().reduce(Confusion.NONE, Confusion::plus);
    List<Cell> cells = new ArrayList<>();
    for (String group : groups.keySet()) {
      Confusion own = kept.get(group);
      for (int label = 0; label <= 1; label++) {
        cells.add(
            own == null || kept.size() < 2
                ? new Cell(group, label, null, 1)
                : new Cell(group, label, rows(own, label), weight(own, all, label)));
      }
    }
    if (kept.size() < 2) {
      Estimate none = Estimate.undefined("fewer than two groups to weigh");
      return new Reweighing(attribute, cells, none, none, null);
    }
    return new Reweighing(attribute, cells, gap(cells, false), gap(cells, true), effective(cells));
  }

  private static boolean enough(GroupCounts group, long smallest) {
    Confusion own = group.confusion();
    double share = (double) group.people() / Math.max(1, own.count());
    return !group.isWithheld()
        && Math.min(own.positives(), own.negatives()) * share >= Math.max(1, smallest);
  }

  private static long rows(Confusion counts, int label) {
    return label == 1 ? counts.positives() : counts.negatives();
  }

  private static double weight(Confusion own, Confusion all, int label) {
    return (double) own.count() / all.count() * rows(all, label) / rows(own, label);
  }

  // Cells stand in pairs: label 0, label 1.
  private static Estimate gap(List<Cell> cells, boolean weighted) {
    double most = 0;
    double least = 1;
    for (int i = 0; i < cells.size(); i += 2) {
      double negatives = amount(cells.get(i), weighted);
      double positives = amount(cells.get(i + 1), weighted);
      if (negatives + positives > 0) {
        most = Math.max(most, positives / (negatives + positives));
        least = Math.min(least, positives / (negatives + positives));
      }
    }
    return new Estimate(most - least, null, null, null);
  }

  private static double effective(List<Cell> cells) {
    double sum = 0;
    double squares = 0;
    for (Cell cell : cells) {
      sum += amount(cell, true);
      squares += amount(cell, true) * cell.weight;
    }
    return sum * sum / squares;
  }

  private static double amount(Cell cell, boolean weighted) {
    Long rows = cell.rows;
    return rows == null ? 0 : weighted ? rows * cell.weight : rows;
  }
}
