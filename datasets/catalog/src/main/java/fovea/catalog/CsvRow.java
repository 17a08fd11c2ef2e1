package fovea.catalog;

import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/**
 * One row of a table.
 *
 * @param line in the file, 1 being the header
 * @param record its cells
 */
record CsvRow(long line, CSVRecord record) {

  /** A cell without the blanks round it; empty where the cell is blank or the column is missing. */
  Optional<String> cell(String column) {
    if (!record.isMapped(column) || !record.isSet(column)) {
      return Optional.empty();
    }
    return Optional.of(record.get(column).strip()).filter(text -> !text.isEmpty());
  }

  /** The first of several columns that holds something. */
  Optional<String> first(String... columns) {
    for (String column : columns) {
      Optional<String> cell = cell(column);
      if (cell.isPresent()) {
        return cell;
      }
    }
    return Optional.empty();
  }

  /** Whether the row has as many cells as the header. */
  boolean complete() {
    return record.isConsistent();
  }
}
