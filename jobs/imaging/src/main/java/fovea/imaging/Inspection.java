package fovea.imaging;

import fovea.contract.capture.RejectionReason;

/** The answer of {@link HeaderInspector}. */
public sealed interface Inspection {

  /** The picture keeps the limits; its pixels may be decoded. */
  record Accepted(ImageHeader header) implements Inspection {}

  /**
   * The picture must not be decoded.
   *
   * @param detail figures for a person ({@code 65500x65500 pixels}), never text from the file
   */
  record Rejected(RejectionReason reason, String detail) implements Inspection {}
}
