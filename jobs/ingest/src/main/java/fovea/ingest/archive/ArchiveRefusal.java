package fovea.ingest.archive;

import fovea.contract.capture.RejectionReason;

/** Why an archive, or one member of it, is not taken. */
public final class ArchiveRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;
  private final String detail;

  ArchiveRefusal(RejectionReason reason, String detail) {
    super(reason.code() + ": " + detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  static void when(boolean holds, RejectionReason reason, String detail) {
    if (holds) {
      throw new ArchiveRefusal(reason, detail);
    }
  }

  /** The stable reason. */
  public RejectionReason reason() {
    return reason;
  }

  /** Figures for a person, never text from the archive. */
  public String detail() {
    return detail;
  }
}
