package fovea.runtime;

/** Where a job says how far it is. */
@FunctionalInterface
public interface Progress {

  /**
   * Some work is done.
   *
   * @param stage what is being done, in two or three words
   * @param done units done
   * @param total units in all; 0 where unknown
   */
  void report(String stage, long done, long total);

  /** Says nothing. */
  static Progress silent() {
    return (stage, done, total) -> {};
  }
}
