package fovea.imaging.dicom;

import fovea.contract.capture.RejectionReason;

/** Why an object is not taken; thrown the moment it is known. */
public final class DicomRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;
  private final String detail;

  DicomRefusal(RejectionReason reason, String detail) {
    super(reason.code() + ": " + detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  static void when(boolean holds, RejectionReason reason, String detail) {
    if (holds) {
      throw new DicomRefusal(reason, detail);
    }
  }

  /** The stable reason. */
  public RejectionReason reason() {
    return reason;
  }

  /** Figures for a person, never text from the object. */
  public String detail() {
    return detail;
  }
}
