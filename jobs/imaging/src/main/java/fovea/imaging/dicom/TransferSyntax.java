package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import java.util.Map;

/** How an object is written (PS3.5, annex A), as far as it can be read. */
enum TransferSyntax {
  IMPLICIT,
  EXPLICIT,
  DEFLATED,
  JPEG,
  RLE;

  private static final String ROOT = "1.2.840.10008.1.2";

  // 4.51 also holds 12 bits a sample; the JPEG's own header tells.
  private static final Map<String, TransferSyntax> READ =
      Map.of(
          ROOT,
          IMPLICIT,
          ROOT + ".1",
          EXPLICIT,
          ROOT + ".1.99",
          DEFLATED,
          ROOT + ".4.50",
          JPEG,
          ROOT + ".4.51",
          JPEG,
          ROOT + ".5",
          RLE);

  private static final Map<String, String> NAMES =
      Map.of(
          ROOT + ".2", "big endian",
          ROOT + ".4.57", "lossless JPEG",
          ROOT + ".4.70", "lossless JPEG",
          ROOT + ".4.80", "JPEG-LS",
          ROOT + ".4.81", "JPEG-LS",
          ROOT + ".4.90", "JPEG 2000",
          ROOT + ".4.91", "JPEG 2000");

  static TransferSyntax of(String uid) {
    TransferSyntax syntax = READ.get(uid);
    if (syntax == null) {
      throw new DicomRefusal(
          RejectionReason.UNSUPPORTED_ENCODING,
          "DICOM as " + NAMES.getOrDefault(uid, "another transfer syntax"));
    }
    return syntax;
  }

  Elements.Vrs vrs() {
    return this == IMPLICIT ? Elements.Vrs.IMPLICIT : Elements.Vrs.EXPLICIT;
  }

  boolean encapsulated() {
    return this == JPEG || this == RLE;
  }
}
