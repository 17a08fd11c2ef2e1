package fovea.ingest.archive;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.RejectionReason;
import java.nio.file.Path;
import java.util.Optional;

/** One file of an archive; files are numbered from 1 in the order of its directory. */
public sealed interface Member {

  /** Its number. */
  int number();

  /**
   * A picture by its first bytes, whole by the archive's checksum.
   *
   * @param name without folders, where it is a plain one
   * @param file holds it until the next member is asked for
   * @param sha256 lower-case hexadecimal
   */
  record Picture(
      int number, Optional<String> name, Path file, long bytes, String sha256, ImageFormat format)
      implements Member {}

  /**
   * A file that is kept out.
   *
   * @param detail figures for a person, never text from the archive
   */
  record Refused(int number, RejectionReason reason, String detail) implements Member {

    /** One sentence for a person. */
    public String sentence() {
      return detail.isEmpty() ? reason.sentence() : reason.sentence() + " (" + detail + ")";
    }
  }
}
