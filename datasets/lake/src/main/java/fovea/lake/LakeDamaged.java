package fovea.lake;

import java.util.List;

/**
 * A table that is not whole: a file of its log or data is missing, cut short or unreadable. Nothing
 * is read from it or added to it until it is mended, for its rows would be too few.
 */
public final class LakeDamaged extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Stable, for programs. */
  public static final String CODE = "lake-damaged";

  LakeDamaged(String message) {
    super(message);
  }

  /** One damaged table; names the first fault's file and says how many there are. */
  public static LakeDamaged of(String table, List<Fault> first, long faults) {
    Fault named = first.get(0);
    return new LakeDamaged(
        "the table "
            + table
            + " is damaged: "
            + named.problem()
            + ": "
            + named.file()
            + (named.detail().isEmpty() ? "" : " (" + named.detail() + ")")
            + (faults > 1 ? ", and " + (faults - 1) + " more" : ""));
  }
}
