package fovea.bias.table;

import fovea.bias.inference.Cohort;
import fovea.bias.inference.Scheme;
import fovea.bias.metrics.Crossing;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.table.CsvRecords.Csv;
import fovea.contract.cohort.AgeBand;
import fovea.contract.errors.CallerMistake;
import fovea.contract.statistics.Levels;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts a CSV file of predictions by group in one pass; memory grows with groups, not rows, except
 * where a column says whose row it is.
 */
public final class PredictionTable {
  /** Most groups of one attribute: beyond it a column is an identifier, not an attribute. */
  public static final int MOST_GROUPS = 100;

  // Above this share of rows, numbers other than 0 and 1 mean another kind of column.
  private static final double MOST_OTHER_NUMBERS = 0.1;
  private static final int LONGEST_GROUP = 80;
  private static final int MOST_BINS = 32;
  private static final int MOST_PATTERNS = 100_000;

  private final String file;
  private final Columns columns;
  private final List<String> attributes;
  private final RejectedRows rejected;
  private final Map<String, Map<String, GroupCounts>> counts = new LinkedHashMap<>();
  private final Map<String, Long> otherNumbers = new TreeMap<>();
  private final @Nullable PatientRows patients;
  private long read;
  private long used;

  private PredictionTable(Path file, Columns columns, RejectedRows rejected) {
    this.file = String.valueOf(file.getFileName());
    this.columns = columns;
    this.attributes = columns.attributes();
    this.rejected = rejected;
    this.patients = columns.patient().isPresent() ? new PatientRows(attributes.size()) : null;
    attributes.forEach(g -> counts.put(g, new TreeMap<>(MetricFrame.inOrder())));
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

  /**
   * Attribute to its patients; without a column of patients every row is one of its own. Scores are
   * kept in fewer bins the more patterns of patients there are.
   */
  public Map<String, Cohort> cohorts(List<Double> thresholds) {
    Levels all = ModelMetrics.all(counts).levels();
    Map<String, Cohort> cohorts = new LinkedHashMap<>();
    for (int i = 0; i < attributes.size(); i++) {
      String attribute = attributes.get(i);
      cohorts.put(attribute, cohort(i, counts.getOrDefault(attribute, Map.of()), all, thresholds));
    }
    return cohorts;
  }

  private Cohort cohort(
      int attribute, Map<String, GroupCounts> groups, Levels all, List<Double> thresholds) {
    PatientRows known = patients;
    if (known == null) {
      return Cohort.ofRows(Scheme.of(2, all, thresholds, MOST_BINS), groups);
    }
    List<String> names = List.copyOf(groups.keySet());
    Cohort cohort = known.cohort(Scheme.of(2, all, thresholds, MOST_BINS), attribute, names);
    for (int bins = MOST_BINS / 2; cohort.size() > MOST_PATTERNS && bins >= 1; bins /= 2) {
      Scheme scheme = Scheme.of(2, all, thresholds, bins == 1 ? 0 : bins);
      cohort = known.cohort(scheme, attribute, names);
    }
    return cohort;
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
    people();
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
    List<String> of = groups(record.cells(), row);
    for (int i = 0; i < of.size(); i++) {
      count(attributes.get(i), of.get(i), row);
    }
    PatientRows known = patients;
    if (known != null) {
      String patient = record.cells().get(row.patientAt).strip();
      // Who is not named is nobody else.
      String name = Cell.isMissing(patient) ? "\n" + record.line() : patient;
      known.add(name, of, row.label, row.prediction, row.score);
    }
  }

  private List<String> groups(List<String> cells, Row row) {
    List<String> of = new ArrayList<>();
    for (int i = 0; i < columns.groups().size(); i++) {
      of.add(group(columns.groups().get(i), cells.get(row.groups[i])));
    }
    for (Crossing crossing : columns.crossings()) {
      of.add(
          crossing.group(
              of.get(columns.groups().indexOf(crossing.first())),
              of.get(columns.groups().indexOf(crossing.second()))));
    }
    return of;
  }

  private void count(String attribute, String group, Row row) {
    Map<String, GroupCounts> groups = counts.getOrDefault(attribute, Map.of());
    if (groups.size() >= MOST_GROUPS && !groups.containsKey(group)) {
      throw new CallerMistake(
          "too-many-groups",
          "column " + attribute + " has more than " + MOST_GROUPS + " different values",
          columns.groups().contains(attribute)
              ? "Give columns of groups in --groups, not identifiers or measurements"
              : "Give fewer --groups, or --intersections 1");
    }
    groups
        .computeIfAbsent(group, g -> new GroupCounts())
        .add(row.label, row.prediction, row.score, 1);
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

  private void people() {
    PatientRows known = patients;
    for (int i = 0; known != null && i < attributes.size(); i++) {
      int attribute = i;
      counts
          .getOrDefault(attributes.get(i), Map.of())
          .forEach((group, c) -> c.ofPeople(known.patients(attribute, group)));
    }
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
    private final int patientAt;
    private final int[] groups;
    private int label;
    private int prediction;
    private @Nullable Double score;

    Row(Header header) {
      labelAt = header.index(columns.label());
      predictionAt = header.index(columns.prediction());
      scoreAt = columns.score().map(header::index).orElse(-1);
      patientAt = columns.patient().map(header::index).orElse(-1);
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
