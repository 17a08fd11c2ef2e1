package fovea.ingest.archive;

import fovea.contract.capture.Limits;

/**
 * What an archive may hold.
 *
 * @param members most files
 * @param memberBytes largest file, once inflated
 * @param totalBytes most bytes in all, once inflated
 * @param ratio most bytes that one byte may become
 */
public record ArchiveLimits(int members, long memberBytes, long totalBytes, int ratio) {
  /** 1000 files of 100 MB, 2 GiB in all, 200 bytes from one. */
  public static final ArchiveLimits STANDARD =
      new ArchiveLimits(1000, Limits.MAX_BYTES, 2L << 30, 200);
}
