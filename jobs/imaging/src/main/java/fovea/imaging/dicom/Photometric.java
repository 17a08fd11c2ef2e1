package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;
import java.util.Arrays;

/** What samples mean (PS3.3, C.7.6.3.1.2). */
enum Photometric {
  /** Grey, the least is white. */
  MONOCHROME1("MONOCHROME1", 1),
  /** Grey, the least is black. */
  MONOCHROME2("MONOCHROME2", 1),
  /** Indices into three tables. */
  PALETTE("PALETTE COLOR", 1),
  RGB("RGB", 3),
  /** Luminance and two colour differences of 8 bits, full range. */
  YBR_FULL("YBR_FULL", 3),
  /** The same, the differences for two neighbours at once. */
  YBR_FULL_422("YBR_FULL_422", 3);

  private final String term;
  private final int samples;

  Photometric(String term, int samples) {
    this.term = term;
    this.samples = samples;
  }

  static Photometric of(String term) {
    return Arrays.stream(values())
        .filter(each -> each.term.equals(term))
        .findFirst()
        .orElseThrow(
            () ->
                new DicomRefusal(
                    RejectionReason.UNSUPPORTED_ENCODING, "another photometric interpretation"));
  }

  int samples() {
    return samples;
  }

  boolean colour() {
    return samples == 3;
  }

  boolean grey() {
    return this == MONOCHROME1 || this == MONOCHROME2;
  }
}
