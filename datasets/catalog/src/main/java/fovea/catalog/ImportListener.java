package fovea.catalog;

/** Where an import says how far it is; called from several threads. */
@FunctionalInterface
public interface ImportListener {

  /**
   * Some work is done.
   *
   * @param stage what is being done, in two or three words
   * @param done units done
   * @param total units in all; 0 where unknown
   */
  void report(String stage, long done, long total);

  /** Says nothing. */
  static ImportListener silent() {
    return (stage, done, total) -> {};
  }
}
