package fovea.bias.table;

import fovea.bias.inference.Cohort;
import fovea.bias.inference.Scheme;
import fovea.bias.metrics.Crossing;
import fovea.bias.metrics.GroupCounts;
import fovea.bias.metrics.MetricFrame;
import fovea.bias.metrics.ModelMetrics;
import fovea.bias.table.Records.Line;
import fovea.contract.cohort.AgeBand;
import fovea.contract.errors.CallerMistake;
import fovea.contract.statistics.Levels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts a table of predictions by group in one pass; memory grows with groups, not rows, except
 * where a column says whose row it is.
 */
public final class PredictionTable {
  /** Most groups of one attribute: beyond it a column is an identifier, not an attribute. */
  public static final int MOST_GROUPS = 100;

  // Above this share of rows, what is neither 0 nor 1, or no class, means another kind of column.
  private static final double MOST_OTHERS = 0.1;
  private static final int LONGEST_GROUP = 80;
  private static final int MOST_BINS = 32;
  private static final int MOST_PATTERNS = 100_000;

  private final Columns columns;
  private final List<String> attributes;
  private final RejectedRows rejected;
  private final Map<String, Map<String, GroupCounts>> counts = new LinkedHashMap<>();
  private final @Nullable PatientRows patients;
  private String file = "the table";
  private long read;
  private long used;

  private PredictionTable(Columns columns, RejectedRows rejected) {
    this.columns = columns;
    this.attributes = columns.attributes();
    this.rejected = rejected;
    this.patients = columns.patient().isPresent() ? new PatientRows(attributes.size()) : null;
    attributes.forEach(g -> counts.put(g, new TreeMap<>(MetricFrame.inOrder())));
  }

  /**
   * Reads a table to its end.
   *
   * @param rejected where rows that cannot be used go, with line and reason
   * @param progress told the rows read so far, now and then
   * @throws CallerMistake for a missing column, one that holds something else, or a table without
   *     one usable row
   */
  public static PredictionTable read(
      Records records, Columns columns, RejectedRows rejected, LongConsumer progress) {
    PredictionTable table = new PredictionTable(columns, rejected);
    try {
      table.readAll(records, progress);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + table.file, unreadable);
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
    int classes = columns.classes().counted();
    if (known == null) {
      return Cohort.ofRows(Scheme.of(classes, all, thresholds, MOST_BINS), groups);
    }
    List<String> names = List.copyOf(groups.keySet());
    Cohort cohort = known.cohort(Scheme.of(classes, all, thresholds, MOST_BINS), attribute, names);
    for (int bins = MOST_BINS / 2; cohort.size() > MOST_PATTERNS && bins >= 1; bins /= 2) {
      Scheme scheme = Scheme.of(classes, all, thresholds, bins == 1 ? 0 : bins);
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

  private void readAll(Records records, LongConsumer progress) throws IOException {
    Header header = records.header();
    file = header.file();
    RowReader row = new RowReader(header, columns);
    for (Line line = records.next(); line != null; line = records.next()) {
      read++;
      count(line, row);
      if (read % 10_000 == 0) {
        progress.accept(read);
      }
    }
    progress.accept(read);
    check(row.others());
    people();
  }

  private void count(Line record, RowReader row) {
    String fault = record.fault();
    if (fault != null) {
      rejected.add(record.number(), fault, Faults.sentence(fault));
      return;
    }
    String bad = row.read(record.cells());
    if (bad != null) {
      rejected.add(record.number(), bad, Faults.sentence(bad));
      return;
    }
    used++;
    List<String> of = groups(record.cells(), row);
    for (int i = 0; i < of.size(); i++) {
      count(attributes.get(i), of.get(i), row);
    }
    PatientRows known = patients;
    if (known != null) {
      String patient = row.patient(record.cells());
      // Who is not named is nobody else.
      String name = Cell.isMissing(patient) ? "\n" + record.number() : patient;
      known.add(name, of, row.label(), row.prediction(), row.score());
    }
  }

  private List<String> groups(List<String> cells, RowReader row) {
    List<String> of = new ArrayList<>();
    for (int i = 0; i < columns.groups().size(); i++) {
      of.add(group(columns.groups().get(i), row.group(cells, i)));
    }
    for (Crossing crossing : columns.crossings()) {
      of.add(
          crossing.group(
              of.get(columns.groups().indexOf(crossing.first())),
              of.get(columns.groups().indexOf(crossing.second()))));
    }
    return of;
  }

  private void count(String attribute, String group, RowReader row) {
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
        .computeIfAbsent(group, g -> new GroupCounts(columns.classes().counted()))
        .add(row.label(), row.prediction(), row.score(), 1);
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

  private void check(Map<String, Long> others) {
    if (read == 0) {
      throw new CallerMistake(
          "empty-file", file + " has a header and no rows", "Give a table with rows");
    }
    others.forEach(
        (column, rows) -> {
          if (rows > MOST_OTHERS * read) {
            throw other(column, rows);
          }
        });
    if (used == 0) {
      throw new CallerMistake(
          "no-usable-rows",
          "none of the " + read + " rows of " + file + " can be used: " + rejected.byReason(),
          "See rejected.csv for the reason of each line");
    }
  }

  private CallerMistake other(String column, long rows) {
    List<String> names = columns.classes().names();
    return names.isEmpty()
        ? new CallerMistake(
            "non-binary-column",
            String.format(
                "column %s holds numbers other than 0 and 1 in %d of %d rows", column, rows, read),
            "Give a column of 0 and 1; probabilities belong in --score, several classes need"
                + " --classes")
        : new CallerMistake(
            "unknown-classes",
            String.format(
                "column %s holds others than the classes %s in %d of %d rows",
                column, String.join(", ", names), rows, read),
            "Name every class in --classes, the lowest first");
  }
}
