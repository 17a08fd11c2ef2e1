package fovea.catalog;

import fovea.contract.errors.CallerMistake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table row by row: UTF-8 with or without a byte order mark, any line ends, quotes, and
 * commas, semicolons or tabs, whichever the header line has most of.
 */
final class CsvTable {
  private final Path file;

  CsvTable(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CallerMistake(
          "table-missing", "there is no table " + file, "Give the folder that holds it");
    }
    this.file = file;
  }

  String name() {
    return String.valueOf(file.getFileName());
  }

  /** The column names. */
  List<String> header() {
    try (CSVParser parser = open()) {
      return parser.getHeaderNames();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Requires columns. */
  void require(String... columns) {
    List<String> header = header();
    for (String column : columns) {
      if (header.stream().noneMatch(column::equalsIgnoreCase)) {
        throw new CallerMistake(
            "column-missing",
            "the table " + name() + " has no column " + column,
            "Its columns are " + String.join(", ", header));
      }
    }
  }

  /**
   * Hands out every whole row and counts all of them. A row with more or fewer cells than the
   * header is reported, and so is the place where quoting breaks the table off.
   */
  void read(Sink sink, Consumer<CsvRow> consumer) {
    try (CSVParser parser = open()) {
      Iterator<CSVRecord> records = parser.iterator();
      while (true) {
        long line = parser.getCurrentLineNumber() + 1;
        if (!next(records, line, sink)) {
          return;
        }
        CsvRow row = new CsvRow(line, records.next());
        sink.row();
        if (row.complete()) {
          consumer.accept(row);
        } else {
          sink.accept(differs(row, parser.getHeaderNames().size()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean next(Iterator<CSVRecord> records, long line, Sink sink) {
    try {
      return records.hasNext();
    } catch (UncheckedIOException | IllegalStateException broken) {
      sink.row();
      sink.accept(
          Problem.rejected(
              line,
              name(),
              "table-broken",
              "From here on the table cannot be read: a quote is not closed. Close it"));
      return false;
    }
  }

  private Problem differs(CsvRow row, int columns) {
    return Problem.rejected(
        row.line(),
        name(),
        "columns-differ",
        "The row has " + row.record().size() + " cells, the header " + columns + ". Mend the row");
  }

  private CSVParser open() throws IOException {
    char delimiter = delimiter();
    BufferedReader reader = reader();
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .setAllowMissingColumnNames(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_ALL)
            .get();
    try {
      return CSVParser.parse(reader, format);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private char delimiter() throws IOException {
    try (BufferedReader reader = reader()) {
      String line = reader.readLine();
      char best = ',';
      for (char candidate : new char[] {';', '\t'}) {
        best = count(line, candidate) > count(line, best) ? candidate : best;
      }
      return best;
    }
  }

  private static long count(@Nullable String line, char c) {
    return line == null ? 0 : line.chars().filter(each -> each == c).count();
  }

  private BufferedReader reader() throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    reader.mark(1);
    if (reader.read() != 0xFEFF) {
      reader.reset();
    }
    return reader;
  }
}
