package fovea.bias.table;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table one after the other, whatever it is kept in. */
public interface Records extends AutoCloseable {
  /** The columns there are; asked for once, before any row. */
  Header header() throws IOException;

  /** The next row, null at the end. */
  @Nullable Line next() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * One row, or why there is none.
   *
   * @param number its line in the file, the header included; of a table without lines its place
   *     from 1
   * @param cells as text, one a column of the header; empty where there is no value
   * @param fault code of the fault; null where the cells are good
   */
  record Line(long number, List<String> cells, @Nullable String fault) {}
}
