package fovea.maintain.check;

import fovea.lake.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Every fault a line of a CSV file, {@code table,file,problem,detail}; in memory only the first.
 */
public final class FaultList implements AutoCloseable {
  private static final int KEPT = 3;

  private final Path file;
  private final CSVPrinter printer;
  private final Map<String, Long> byProblem = new TreeMap<>();
  private final List<Fault> first = new ArrayList<>();
  private String firstTable = "";

  private FaultList(Path file, CSVPrinter printer) {
    this.file = file;
    this.printer = printer;
  }

  /**
   * Begins a file, in a folder made where it is missing.
   *
   * @throws UncheckedIOException where it cannot be written
   */
  public static FaultList open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      CSVFormat format =
          CSVFormat.DEFAULT.builder().setHeader("table", "file", "problem", "detail").get();
      return new FaultList(
          file, new CSVPrinter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), format));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }

  /** Adds one. */
  public void add(String table, Fault fault) {
    try {
      printer.printRecord(table, fault.file(), fault.problem(), fault.detail());
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
    byProblem.merge(fault.problem(), 1L, Long::sum);
    if (first.size() < KEPT) {
      firstTable = first.isEmpty() ? table : firstTable;
      first.add(fault);
    }
  }

  /** How many there are, by problem. */
  public Map<String, Long> byProblem() {
    return Map.copyOf(byProblem);
  }

  /** How many there are. */
  public long size() {
    return byProblem.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The first few, for a message; empty where all is well. */
  public List<Fault> first() {
    return List.copyOf(first);
  }

  /** The table of the first one; empty where all is well. */
  public String firstTable() {
    return firstTable;
  }

  /** Where they are listed. */
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      printer.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }
}
