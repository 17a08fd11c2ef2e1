package fovea.imaging;

import fovea.contract.capture.RejectionReason;

/** How a parser leaves the moment it knows the answer; never crosses the package's border. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectionReason reason;
  private final String detail;

  Refusal(RejectionReason reason, String detail) {
    super(reason.code() + ": " + detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  static void when(boolean holds, RejectionReason reason, String detail) {
    if (holds) {
      throw new Refusal(reason, detail);
    }
  }

  RejectionReason reason() {
    return reason;
  }

  String detail() {
    return detail;
  }
}
