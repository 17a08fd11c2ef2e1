package fovea.bias.table;

import fovea.bias.report.BiasReport.RejectedRow;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that were turned away: all of them in {@code rejected.csv} ({@code
 * line,code,reason}; no file where there are none), the first {@value #MOST_LISTED} in memory. A
 * row's own values are never repeated: a shifted row may hold a name in any column.
 */
public final class RejectedRows implements AutoCloseable {
  private static final int MOST_LISTED = 1000;

  private final Path file;
  private final Path growing;
  private final Map<String, Long> byReason = new TreeMap<>();
  private final List<RejectedRow> listed = new ArrayList<>();
  private @Nullable BufferedWriter writer;

  /** Will write {@code rejected.csv} in a folder that exists. */
  public RejectedRows(Path folder) {
    file = folder.resolve("rejected.csv");
    growing = folder.resolve("rejected.csv.part");
  }

  void add(long line, String code, String reason) {
    byReason.merge(code, 1L, Long::sum);
    if (listed.size() < MOST_LISTED) {
      listed.add(new RejectedRow(line, code, reason));
    }
    try {
      writer().write(line + "," + code + ",\"" + reason.replace("\"", "\"\"") + "\"\n");
    } catch (IOException full) {
      throw new UncheckedIOException("cannot write " + growing, full);
    }
  }

  /** Rows by reason code. */
  public Map<String, Long> byReason() {
    return byReason;
  }

  /** The first rows, in the file's order. */
  public List<RejectedRow> listed() {
    return listed;
  }

  /**
   * Puts the finished file in place, or removes one of an earlier run where nothing was rejected.
   */
  @Override
  public void close() {
    try {
      BufferedWriter open = writer;
      if (open == null) {
        Files.deleteIfExists(file);
      } else {
        open.close();
        Files.move(
            growing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }

  private BufferedWriter writer() throws IOException {
    BufferedWriter open = writer;
    if (open == null) {
      open = Files.newBufferedWriter(growing, StandardCharsets.UTF_8);
      open.write("line,code,reason\n");
      writer = open;
    }
    return open;
  }
}
