package fovea.bias.table;

import fovea.contract.errors.CallerMistake;
import java.util.Collections;
import java.util.List;

/**
 * The names of a table's columns.
 *
 * @param file what the table is called in sentences
 */
public record Header(String file, List<String> names) {
  private static final int MOST_NAMED = 30;

  /** Trims the names. */
  public Header(String file, List<String> names) {
    this.file = file;
    this.names = names.stream().map(String::strip).toList();
  }

  /**
   * Where a column stands: by its exact name, else without regard to case.
   *
   * @throws CallerMistake where there is none, or more than one
   */
  public int index(String column) {
    List<String> wanted = names.contains(column) ? names : lower(names);
    String name = names.contains(column) ? column : lower(List.of(column)).get(0);
    if (Collections.frequency(wanted, name) > 1) {
      throw new CallerMistake(
          "ambiguous-column",
          "column " + column + " occurs more than once in " + file,
          "Rename one of them");
    }
    int index = wanted.indexOf(name);
    if (index < 0) {
      throw new CallerMistake(
          "missing-column",
          "there is no column " + column + " in " + file,
          "Its columns are: "
              + String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED))));
    }
    return index;
  }

  private static List<String> lower(List<String> words) {
    return words.stream().map(w -> w.toLowerCase(java.util.Locale.ROOT)).toList();
  }
}
