package fovea.ingest.check;

import fovea.contract.capture.RejectionReason;
import fovea.imaging.ImageHeader;
import java.util.Optional;

/** What was found in storage under an upload's key. */
public sealed interface Finding {

  /**
   * Sound content.
   *
   * @param content the pixels alone of a retinal photograph; empty for whatever may show a face
   * @param sha256 of the bytes found
   * @param bytes how many were found
   * @param header of a picture; empty for poses
   * @param thumbnail JPEG of a retinal photograph; empty for whatever may show a face
   * @param dicom the attributes of a DICOM object that may leave it, a JSON object
   */
  record Sound(
      Optional<byte[]> content,
      String sha256,
      long bytes,
      Optional<ImageHeader> header,
      Optional<byte[]> thumbnail,
      Optional<String> dicom)
      implements Finding {}

  /** A zip of pictures, to be taken apart. */
  record Packed(byte[] content, String sha256) implements Finding {}

  /**
   * Content that is kept out, or none.
   *
   * @param detail figures for a person, never text from the file; may be empty
   * @param sha256 of the bytes found; empty where there were none
   * @param bytes how many were found
   */
  record Unsound(RejectionReason reason, String detail, Optional<String> sha256, long bytes)
      implements Finding {

    /** One sentence for a person. */
    public String sentence() {
      return detail.isEmpty() ? reason.sentence() : reason.sentence() + " (" + detail + ")";
    }
  }
}
