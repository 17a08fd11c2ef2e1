package fovea.bias.table;

import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.table.CsvRecords.Csv;
import fovea.contract.cohort.AgeBand;
import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Counts a CSV file of predictions by group in one pass; memory grows with groups, not rows. */
public final class PredictionTable {
  /** Most groups of one attribute: beyond it a column is an identifier, not an attribute. */
  public static final int MOST_GROUPS = 100;

  // Above this share of rows, numbers other than 0 and 1 mean another kind of column.
  private static final double MOST_OTHER_NUMBERS = 0.1;
  private static final int LONGEST_GROUP = 80;

  private final String file;
  private final Columns columns;
  private final RejectedRows rejected;
  private final Map<String, Map<String, GroupCounts>> counts = new LinkedHashMap<>();
  private final Map<String, Long> otherNumbers = new TreeMap<>();
  private long read;
  private long used;

  private PredictionTable(Path file, Columns columns, RejectedRows rejected) {
    this.file = String.valueOf(file.getFileName());
    this.columns = columns;
    this.rejected = rejected;
    columns.groups().forEach(g -> counts.put(g, new TreeMap<>(MetricFrame.inOrder())));
  }

  /**
   * Reads a file: UTF-8, comma, semicolon or tab, a header first.
   *
   * @param rejected where rows that cannot be used go, with line and reason
   * @param progress told the rows read so far, now and then
   * @throws CallerMistake for a missing file or column, a column that is not binary, or a file
   *     without one usable row
   */
  public static PredictionTable read(
      Path file, Columns columns, RejectedRows rejected, LongConsumer progress) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new CallerMistake(
          "missing-file", "there is no readable file " + file, "Give a CSV file");
    }
    PredictionTable table = new PredictionTable(file, columns, rejected);
    try (CsvRecords records = new CsvRecords(open(file))) {
      table.readAll(records, progress);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
    return table;
  }

  /** Attribute to group to statistics. */
  public Map<String, Map<String, GroupCounts>> counts() {
    return counts;
  }

  /** Data rows in the file. */
  public long rowsRead() {
    return read;
  }

  /** Rows that were counted. */
  public long rowsUsed() {
    return used;
  }

  // Malformed UTF-8 becomes U+FFFD: a broken name of a group must not cost the file.
  private static Reader open(Path file) throws IOException {
    return new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8);
  }

  private void readAll(CsvRecords records, LongConsumer progress) throws IOException {
    Csv first = records.next(0);
    if (first == null || first.fault() != null) {
      throw new CallerMistake(
          "empty-file", file + " has no header line", "Give a CSV file with a header and rows");
    }
    if (first.cells().get(0).startsWith("PAR1")) {
      throw new CallerMistake("not-csv", file + " is Parquet", "Export it as CSV");
    }
    Header header = new Header(file, first.cells());
    Row row = new Row(header);
    for (Csv record = records.next(header.names().size());
        record != null;
        record = records.next(header.names().size())) {
      read++;
      count(record, row);
      if (read % 10_000 == 0) {
        progress.accept(read);
      }
    }
    progress.accept(read);
    check();
  }

  private void count(Csv record, Row row) {
    String fault = record.fault();
    if (fault != null) {
      rejected.add(record.line(), fault, Faults.sentence(fault));
      return;
    }
    String bad = row.read(record.cells());
    if (bad != null) {
      rejected.add(record.line(), bad, Faults.sentence(bad));
      return;
    }
    used++;
    for (int i = 0; i < columns.groups().size(); i++) {
      String attribute = columns.groups().get(i);
      Map<String, GroupCounts> groups = counts.getOrDefault(attribute, Map.of());
      String group = group(attribute, record.cells().get(row.groups[i]));
      if (groups.size() >= MOST_GROUPS && !groups.containsKey(group)) {
        throw new CallerMistake(
            "too-many-groups",
            "column " + attribute + " has more than " + MOST_GROUPS + " different values",
            "Give columns of groups in --groups, not identifiers or measurements");
      }
      groups
          .computeIfAbsent(group, g -> new GroupCounts())
          .add(row.label, row.prediction, row.score, 1);
    }
  }

  private String group(String attribute, String cell) {
    String text = cell.strip();
    if (Cell.isMissing(text) || text.toLowerCase(Locale.ROOT).equals(MetricFrame.UNKNOWN)) {
      return MetricFrame.UNKNOWN;
    }
    if (columns.ages().contains(attribute)) {
      double years = Cell.number(text);
      return years >= 0 && years <= 150 ? AgeBand.of((int) years).label() : MetricFrame.UNKNOWN;
    }
    return text.length() <= LONGEST_GROUP ? text : text.substring(0, LONGEST_GROUP);
  }

  private void check() {
    if (read == 0) {
      throw new CallerMistake(
          "empty-file", file + " has a header and no rows", "Give a CSV file with rows");
    }
    otherNumbers.forEach(
        (column, rows) -> {
          if (rows > MOST_OTHER_NUMBERS * read) {
            throw new CallerMistake(
                "non-binary-column",
                String.format(
                    "column %s holds numbers other than 0 and 1 in %d of %d rows",
                    column, rows, read),
                "Give a column of 0 and 1; probabilities belong in --score");
          }
        });
    if (used == 0) {
      throw new CallerMistake(
          "no-usable-rows",
          "none of the " + read + " rows of " + file + " can be used: " + rejected.byReason(),
          "See rejected.csv for the reason of each line");
    }
  }

  private final class Row {
    private final int labelAt;
    private final int predictionAt;
    private final int scoreAt;
    private final int[] groups;
    private int label;
    private int prediction;
    private @Nullable Double score;

    Row(Header header) {
      labelAt = header.index(columns.label());
      predictionAt = header.index(columns.prediction());
      scoreAt = columns.score().map(header::index).orElse(-1);
      groups = columns.groups().stream().mapToInt(header::index).toArray();
    }

    /** Reads the cells; the code of what is wrong, or null. */
    @Nullable String read(List<String> cells) {
      label = Cell.binary(cells.get(labelAt));
      prediction = Cell.binary(cells.get(predictionAt));
      note(columns.label(), label);
      note(columns.prediction(), prediction);
      if (label < 0) {
        return Faults.code(label, "label");
      }
      if (prediction < 0) {
        return Faults.code(prediction, "prediction");
      }
      score = null;
      if (scoreAt >= 0) {
        String text = cells.get(scoreAt);
        double number = Cell.number(text);
        if (!(number >= 0 && number <= 1)) {
          return Cell.isMissing(text) ? "missing-score" : "bad-score";
        }
        score = number;
      }
      return null;
    }

    private void note(String column, int value) {
      if (value == Cell.OTHER_NUMBER) {
        otherNumbers.merge(column, 1L, Long::sum);
      }
    }
  }
}
