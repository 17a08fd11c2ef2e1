package fovea.ingest.archive;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.RejectionReason;
import fovea.ingest.archive.ZipDirectory.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A zip, taken apart file by file into one temporary file. What headers claim is never believed:
 * bytes are counted while they are inflated, and a file that breaks a limit is given up there and
 * then.
 */
public final class Archive {
  private final byte[] content;
  private final ArchiveLimits limits;
  private final Set<String> seen = new HashSet<>();
  private long total;

  private Archive(byte[] content, ArchiveLimits limits) {
    this.content = content;
    this.limits = limits;
  }

  /** Whether content begins as a zip does, an empty one included. */
  public static boolean sniff(byte[] head) {
    return head.length >= 4
        && head[0] == 'P'
        && head[1] == 'K'
        && (head[2] == 3 && head[3] == 4 || head[2] == 5 && head[3] == 6);
  }

  /**
   * Shows every file of an archive in the order of its directory; folders are passed over.
   *
   * @param content the whole archive
   * @return how many files there are
   * @throws ArchiveRefusal where the archive as a whole is not taken; nothing was shown then
   */
  public static int expand(byte[] content, ArchiveLimits limits, Consumer<Member> shown) {
    return new Archive(content, limits).expand(shown);
  }

  private int expand(Consumer<Member> shown) {
    List<Entry> entries = ZipDirectory.read(content, limits.members());
    ZipData data = new ZipData(content);
    Path spool = temporary();
    try {
      entries.forEach(entry -> shown.accept(member(entry, data, spool)));
      return entries.size();
    } finally {
      remove(spool);
    }
  }

  private Member member(Entry entry, ZipData data, Path spool) {
    try {
      ArchiveRefusal.when(Names.unsafe(entry.name()), RejectionReason.UNSAFE_NAME, "");
      ArchiveRefusal.when(!seen.add(entry.name()), RejectionReason.DUPLICATE_NAME, "");
      ArchiveRefusal.when(entry.encrypted(), RejectionReason.ENCRYPTED_MEMBER, "");
      int start = data.start(entry);
      ArchiveRefusal.when(
          total >= limits.totalBytes(), RejectionReason.ARCHIVE_TOO_LARGE, total + " bytes so far");
      return inflated(entry, start, spool);
    } catch (ArchiveRefusal refusal) {
      return new Member.Refused(entry.number(), refusal.reason(), refusal.detail());
    }
  }

  private Member inflated(Entry entry, int start, Path spool) {
    Inflation inflation = new Inflation(entry, limits, limits.totalBytes() - total);
    try {
      inflation.run(content, start, spool);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write a temporary file", failed);
    } finally {
      total += inflation.bytes();
    }
    ArchiveRefusal.when(inflation.bytes() == 0, RejectionReason.EMPTY_FILE, "");
    ArchiveRefusal.when(sniff(inflation.head()), RejectionReason.NESTED_ARCHIVE, "");
    ImageFormat format =
        ImageFormat.sniff(inflation.head())
            .orElseThrow(() -> new ArchiveRefusal(RejectionReason.UNSUPPORTED_TYPE, ""));
    Optional<String> name = Names.plain(entry.name());
    return new Member.Picture(
        entry.number(), name, spool, inflation.bytes(), inflation.sha256(), format);
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("fovea-member", ".tmp");
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot make a temporary file", failed);
    }
  }

  private static void remove(Path spool) {
    try {
      Files.deleteIfExists(spool);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot remove " + spool, failed);
    }
  }
}
