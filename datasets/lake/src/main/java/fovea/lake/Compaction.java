package fovea.lake;

/**
 * What an OPTIMIZE did.
 *
 * @param before files and small files before it
 * @param after the same after it
 * @param bytesRewritten bytes of the files it replaced
 */
public record Compaction(FileCounts before, FileCounts after, long bytesRewritten) {

  /**
   * A table's files.
   *
   * @param files all of them
   * @param small those below {@link Upkeep#SMALL_BYTES}
   */
  public record FileCounts(long files, long small) {}
}
