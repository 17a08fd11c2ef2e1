package fovea.catalog;

/**
 * Something a person should know about a row or a file.
 *
 * @param weight what it means for the import
 * @param line of the table, 1 being the header; 0 for a file that no row names
 * @param file name of the table or of the file
 * @param code stable, in kebab-case: {@code file-missing}
 * @param sentence what is wrong and what to do
 */
public record Problem(Weight weight, long line, String file, String code, String sentence)
    implements Item {

  /** What a problem means. */
  public enum Weight {
    /** The row, or the named part of it, was not imported. */
    REJECTED,
    /** The row was imported with a value left out or changed. */
    NOTICE,
    /** A file that no row names; it was not imported. */
    UNLISTED,
    /** No problem: a file that was imported, where every file is told. */
    DONE
  }

  static Problem rejected(long line, String file, String code, String sentence) {
    return new Problem(Weight.REJECTED, line, file, code, sentence);
  }

  static Problem done(String file, String code, String sentence) {
    return new Problem(Weight.DONE, 0, file, code, sentence);
  }

  static Problem notice(long line, String file, String code, String sentence) {
    return new Problem(Weight.NOTICE, line, file, code, sentence);
  }

  static Problem unlisted(String file, String code, String sentence) {
    return new Problem(Weight.UNLISTED, 0, file, code, sentence);
  }
}
