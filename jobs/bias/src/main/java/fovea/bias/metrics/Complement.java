package fovea.bias.metrics;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which cells of a table of two attributes are withheld so that a small one does not follow by
 * subtraction from the totals of either attribute (complementary suppression). In every row and
 * column with a withheld cell at least two are, of at least the smallest cell of people together,
 * and every small cell could be another number: people can be moved round a circle of withheld
 * cells without changing a total, a cell's being small or its being anybody.
 */
final class Complement {
  private final Map<String, Map<String, Long>> rows = new TreeMap<>();
  private final Map<String, Map<String, Long>> columns = new TreeMap<>();
  private final Map<String, Set<String>> withheld = new TreeMap<>();
  private final long smallest;

  private Complement(long smallest) {
    this.smallest = smallest;
  }

  /**
   * Decides.
   *
   * @param people first group to second group to people; none is 0
   * @return first group to the second groups withheld with it, small ones among them
   */
  static Map<String, Set<String>> withheld(Map<String, Map<String, Long>> people, long smallest) {
    Complement table = new Complement(smallest);
    people.forEach(
        (a, line) ->
            line.forEach(
                (b, n) -> {
                  table.rows.computeIfAbsent(a, r -> new TreeMap<>()).put(b, n);
                  table.columns.computeIfAbsent(b, c -> new TreeMap<>()).put(a, n);
                  if (n < smallest) {
                    table.withhold(a, b);
                  }
                }));
    while (table.fillLine() || table.loosen()) {
      // One more cell is withheld each time.
    }
    return table.withheld;
  }

  private boolean fillLine() {
    for (Map.Entry<String, Map<String, Long>> row : rows.entrySet()) {
      Optional<String> next = missing(row.getValue(), b -> isWithheld(row.getKey(), b));
      if (next.isPresent()) {
        return withhold(row.getKey(), next.get());
      }
    }
    for (Map.Entry<String, Map<String, Long>> column : columns.entrySet()) {
      Optional<String> next = missing(column.getValue(), a -> isWithheld(a, column.getKey()));
      if (next.isPresent()) {
        return withhold(next.get(), column.getKey());
      }
    }
    return false;
  }

  private interface Test {
    boolean of(String other);
  }

  // The smallest cell to be withheld beside those that are; empty where they are enough.
  private Optional<String> missing(Map<String, Long> line, Test hidden) {
    long cells = line.keySet().stream().filter(hidden::of).count();
    long people =
        line.entrySet().stream()
            .filter(c -> hidden.of(c.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (cells == 0 || cells > 1 && people >= smallest) {
      return Optional.empty();
    }
    return line.entrySet().stream()
        .filter(c -> !hidden.of(c.getKey()))
        .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  // A small cell that could be no other number takes one more with it.
  private boolean loosen() {
    for (Map.Entry<String, Map<String, Long>> row : rows.entrySet()) {
      for (Map.Entry<String, Long> cell : row.getValue().entrySet()) {
        String a = row.getKey();
        String b = cell.getKey();
        boolean small = cell.getValue() < smallest;
        if (small && !moves(a, b, 1) && !moves(a, b, -1) && hideNear(a, b)) {
          return true;
        }
      }
    }
    return false;
  }

  // Whether a cell can change by one while others make up for it in every row and column: a way
  // back from its column to its row over withheld cells that change by turns down and up.
  private boolean moves(String a, String b, int by) {
    if (!isFree(a, b, by)) {
      return false;
    }
    Set<String> columnsReached = new HashSet<>(Set.of(b));
    Set<String> rowsReached = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(columnsReached);
    while (!next.isEmpty()) {
      String column = next.pop();
      for (String row : columns.getOrDefault(column, Map.of()).keySet()) {
        boolean itself = row.equals(a) && column.equals(b);
        if (itself || !isFree(row, column, -by) || !rowsReached.add(row)) {
          continue;
        }
        if (row.equals(a)) {
          return true;
        }
        for (String other : rows.getOrDefault(row, Map.of()).keySet()) {
          if (isFree(row, other, by) && columnsReached.add(other)) {
            next.push(other);
          }
        }
      }
    }
    return false;
  }

  // It is known that a small cell is somebody and fewer than the smallest, and the others are not.
  private boolean isFree(String a, String b, int by) {
    long people = rows.getOrDefault(a, Map.of()).getOrDefault(b, 0L);
    long then = people + by;
    return isWithheld(a, b) && then >= 1 && people < smallest == then < smallest;
  }

  private boolean hideNear(String a, String b) {
    record Cell(String a, String b, boolean far, long people) {}
    return rows.entrySet().stream()
        .flatMap(
            r ->
                r.getValue().entrySet().stream()
                    .map(
                        c ->
                            new Cell(
                                r.getKey(),
                                c.getKey(),
                                !r.getKey().equals(a) && !c.getKey().equals(b),
                                c.getValue())))
        .filter(c -> !isWithheld(c.a, c.b))
        .min(
            Comparator.comparing(Cell::far)
                .thenComparing(Cell::people)
                .thenComparing(Cell::a)
                .thenComparing(Cell::b))
        .map(c -> withhold(c.a, c.b))
        .orElse(false);
  }

  private boolean withhold(String a, String b) {
    return withheld.computeIfAbsent(a, x -> new TreeSet<>()).add(b);
  }

  private boolean isWithheld(String a, String b) {
    return withheld.getOrDefault(a, Set.of()).contains(b);
  }
}
