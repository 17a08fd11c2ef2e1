package fovea.lake;

import java.io.Serializable;

/**
 * What is wrong with one file of a table.
 *
 * @param file its URI
 * @param problem in kebab-case, one of the constants
 * @param detail why one thinks so; may be empty
 */
public record Fault(String file, String problem, String detail) implements Serializable {
  /** Not there. */
  public static final String MISSING = "missing-file";

  /** Shorter or longer than the log says. */
  public static final String WRONG_SIZE = "wrong-size";

  /** No Parquet footer, or one that contradicts the log. */
  public static final String UNREADABLE = "unreadable-file";

  /** A log entry cut short, or one that contradicts its checksum file. */
  public static final String LOG_ENTRY = "damaged-log-entry";

  /** A checkpoint that cannot be read. */
  public static final String CHECKPOINT = "corrupt-checkpoint";
}
