package fovea.bias.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file, each with the line it begins on. Records are cut line by line, so that
 * a quote nobody closes costs its own line and not the rest of the file.
 */
final class CsvRecords implements AutoCloseable {
  private static final int LONGEST = 1_000_000;
  private static final int MOST_JOINED = 100;

  private final BufferedReader reader;
  private final char delimiter;
  private final CSVFormat format;
  private final Deque<TextLine> ahead = new ArrayDeque<>();
  private long number;

  private record TextLine(long number, String text, boolean tooLong) {}

  CsvRecords(Reader reader) throws IOException {
    this.reader = new BufferedReader(reader);
    this.delimiter = delimiter();
    this.format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreSurroundingSpaces(true)
            .setTrailingData(true)
            .get();
  }

  /**
   * The next record; blank lines are none.
   *
   * @param columns how many cells it must have; 0 for any
   * @return null at the end
   */
  Records.@Nullable Line next(int columns) throws IOException {
    TextLine first = line();
    while (first != null && first.text.isBlank() && !first.tooLong) {
      first = line();
    }
    if (first == null) {
      return null;
    }
    if (first.tooLong) {
      return new Records.Line(first.number, List.of(), "line-too-long");
    }
    return opensQuote(first.text)
        ? joined(first, columns)
        : record(first.number, first.text, columns);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private Records.Line joined(TextLine first, int columns) throws IOException {
    StringBuilder text = new StringBuilder(first.text);
    List<TextLine> taken = new ArrayList<>();
    while (opensQuote(text) && taken.size() < MOST_JOINED && text.length() < LONGEST) {
      TextLine next = line();
      if (next == null) {
        break;
      }
      taken.add(next);
      text.append('\n').append(next.text);
    }
    if (!opensQuote(text)) {
      Records.Line record = record(first.number, text.toString(), columns);
      if (record.fault() == null) {
        return record;
      }
    }
    for (int i = taken.size() - 1; i >= 0; i--) {
      ahead.addFirst(taken.get(i));
    }
    return new Records.Line(first.number, List.of(), "unclosed-quote");
  }

  private Records.Line record(long line, String text, int columns) throws IOException {
    try (CSVParser parser = CSVParser.parse(text, format)) {
      for (CSVRecord record : parser) {
        List<String> cells = trimmed(record.toList(), columns);
        boolean good = columns == 0 || cells.size() == columns;
        return new Records.Line(line, cells, good ? null : "wrong-column-count");
      }
      return new Records.Line(line, List.of(), "unreadable");
    } catch (java.io.UncheckedIOException unreadable) {
      return new Records.Line(line, List.of(), "unreadable");
    }
  }

  // Spreadsheets like to end a line with delimiters for columns that do not exist.
  private static List<String> trimmed(List<String> cells, int columns) {
    int size = cells.size();
    while (columns > 0 && size > columns && cells.get(size - 1).isBlank()) {
      size--;
    }
    return cells.subList(0, size);
  }

  private boolean opensQuote(CharSequence text) {
    boolean quoted = false;
    boolean start = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        quoted = c != '"';
        start = false;
      } else if (c == '"' && (start || text.charAt(i - 1) == '"')) {
        quoted = true;
      } else {
        start = c == delimiter || c == '\n' || start && c == ' ';
      }
    }
    return quoted;
  }

  private char delimiter() throws IOException {
    TextLine header = line();
    if (header == null) {
      return ',';
    }
    String text = header.text.startsWith("\uFEFF") ? header.text.substring(1) : header.text;
    ahead.addFirst(new TextLine(header.number, text, header.tooLong));
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(text, candidate) > count(text, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  private @Nullable TextLine line() throws IOException {
    if (!ahead.isEmpty()) {
      return ahead.removeFirst();
    }
    StringBuilder text = new StringBuilder();
    long length = 0;
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
      if (length++ < LONGEST) {
        text.append((char) c);
      }
    }
    if (c == '\r') {
      reader.mark(1);
      if (reader.read() != '\n') {
        reader.reset();
      }
    }
    number++;
    return new TextLine(number, length > LONGEST ? "" : text.toString(), length > LONGEST);
  }
}
