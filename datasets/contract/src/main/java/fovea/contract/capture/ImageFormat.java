package fovea.contract.capture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The image formats Fovea takes, told by the first bytes of the content, never by a name. */
public enum ImageFormat {
  /** JPEG: FF D8 FF. */
  JPEG("image/jpeg"),
  /** PNG: 89 P N G CR LF SUB LF. */
  PNG("image/png"),
  /** DICOM part 10: DICM at byte 128. */
  DICOM("application/dicom");

  private static final byte[] PNG_MAGIC = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private final String mediaType;

  ImageFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The media type, for example {@code image/jpeg}. */
  public String mediaType() {
    return mediaType;
  }

  /** Lower-case name. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of some content.
   *
   * @param head the first bytes; 132 suffice
   */
  public static Optional<ImageFormat> sniff(byte[] head) {
    if (head.length >= 3
        && (head[0] & 0xff) == 0xff
        && (head[1] & 0xff) == 0xd8
        && (head[2] & 0xff) == 0xff) {
      return Optional.of(JPEG);
    }
    if (head.length >= 8 && Arrays.equals(head, 0, 8, PNG_MAGIC, 0, 8)) {
      return Optional.of(PNG);
    }
    if (head.length >= 132
        && head[128] == 'D'
        && head[129] == 'I'
        && head[130] == 'C'
        && head[131] == 'M') {
      return Optional.of(DICOM);
    }
    return Optional.empty();
  }
}
