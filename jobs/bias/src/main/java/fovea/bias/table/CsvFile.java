package fovea.bias.table;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A CSV file: UTF-8, comma, semicolon or tab, a header first. */
public final class CsvFile implements Records {
  private final String name;
  private final CsvRecords records;
  private int columns;

  /** Opens a file that is there. */
  public CsvFile(Path file) {
    name = String.valueOf(file.getFileName());
    try {
      // Malformed UTF-8 becomes U+FFFD: a broken name of a group must not cost the file.
      records =
          new CsvRecords(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  @Override
  public Header header() throws IOException {
    Line first = records.next(0);
    if (first == null || first.fault() != null) {
      throw new CallerMistake(
          "empty-file", name + " has no header line", "Give a CSV file with a header and rows");
    }
    columns = first.cells().size();
    return new Header(name, first.cells());
  }

  @Override
  public @Nullable Line next() throws IOException {
    return records.next(columns);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
