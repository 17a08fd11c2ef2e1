package fovea.bias.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComplementTest {
  private static final int SMALLEST = 3;
  private static final int MOST = 9;

  @Test
  void a_table_without_a_small_cell_is_shown_whole() {
    assertThat(Complement.withheld(table(new long[][] {{3, 4}, {5, 6}}), SMALLEST)).isEmpty();
  }

  @Test
  void a_small_cell_takes_three_more_with_it_so_that_no_total_gives_it_away() {
    // 1 follows from its row unless one more is hidden, and so on round a circle: the smallest.
    Map<String, Set<String>> withheld =
        Complement.withheld(table(new long[][] {{1, 5, 9}, {4, 8, 9}, {9, 9, 9}}), SMALLEST);
    assertThat(withheld).isEqualTo(Map.of("r0", Set.of("c0", "c1"), "r1", Set.of("c0", "c1")));
  }

  @Test
  void no_small_cell_follows_from_what_is_shown_and_the_totals() {
    // Every table with the same totals, shown cells and small cells is tried: a small cell is one
    // of several numbers in them, unless nothing is left to hide.
    int small = 0;
    for (long seed = 0; seed < 3000; seed++) {
      long[][] cells = random(seed);
      Map<String, Set<String>> withheld = Complement.withheld(table(cells), SMALLEST);
      for (int a = 0; a < 3; a++) {
        for (int b = 0; b < 3; b++) {
          if (cells[a][b] > 0 && cells[a][b] < SMALLEST) {
            assertThat(withheld.getOrDefault("r" + a, Set.of())).contains("c" + b);
            if (someShown(cells, withheld)) {
              small++;
              assertThat(possible(cells, withheld, a, b))
                  .as("seed %d %s %s", seed, Arrays.deepToString(cells), withheld)
                  .hasSizeGreaterThan(1);
            }
          }
        }
      }
    }
    assertThat(small).isGreaterThan(1000);
  }

  private static boolean someShown(long[][] cells, Map<String, Set<String>> withheld) {
    int shown = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        shown +=
            cells[i][j] > 0 && !withheld.getOrDefault("r" + i, Set.of()).contains("c" + j) ? 1 : 0;
      }
    }
    return shown > 0;
  }

  private static Set<Long> possible(
      long[][] cells, Map<String, Set<String>> withheld, int a, int b) {
    List<int[]> hidden = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        if (cells[i][j] > 0 && withheld.getOrDefault("r" + i, Set.of()).contains("c" + j)) {
          hidden.add(new int[] {i, j});
        }
      }
    }
    long[] rows = new long[3];
    long[] columns = new long[3];
    for (int[] cell : hidden) {
      rows[cell[0]] += cells[cell[0]][cell[1]];
      columns[cell[1]] += cells[cell[0]][cell[1]];
    }
    Set<Long> found = new HashSet<>();
    tables(cells, hidden, 0, rows, columns, new long[3][3], a, b, found);
    return found;
  }

  // Hidden cells are named, so at least 1, and say whether they are small.
  private static void tables(
      long[][] cells,
      List<int[]> hidden,
      int next,
      long[] rows,
      long[] columns,
      long[][] guess,
      int a,
      int b,
      Set<Long> found) {
    if (found.size() > 1) {
      return;
    }
    if (next == hidden.size()) {
      boolean fits = true;
      for (int i = 0; i < 3; i++) {
        fits &= rows[i] == 0 && columns[i] == 0;
      }
      if (fits) {
        found.add(guess[a][b]);
      }
      return;
    }
    int i = hidden.get(next)[0];
    int j = hidden.get(next)[1];
    boolean small = cells[i][j] < SMALLEST;
    long most = Math.min(rows[i], columns[j]);
    for (long n = small ? 1 : SMALLEST; n <= (small ? Math.min(most, SMALLEST - 1) : most); n++) {
      rows[i] -= n;
      columns[j] -= n;
      guess[i][j] = n;
      tables(cells, hidden, next + 1, rows, columns, guess, a, b, found);
      rows[i] += n;
      columns[j] += n;
    }
  }

  private static long[][] random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[][] cells = new long[3][3];
    for (long[] row : cells) {
      for (int j = 0; j < 3; j++) {
        row[j] = random.nextInt(MOST + 1);
      }
    }
    return cells;
  }

  private static Map<String, Map<String, Long>> table(long[][] cells) {
    Map<String, Map<String, Long>> table = new TreeMap<>();
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < cells[i].length; j++) {
        if (cells[i][j] > 0) {
          table.computeIfAbsent("r" + i, r -> new TreeMap<>()).put("c" + j, cells[i][j]);
        }
      }
    }
    return table;
  }
}
