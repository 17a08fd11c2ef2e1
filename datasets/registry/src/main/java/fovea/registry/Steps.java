package fovea.registry;

import fovea.contract.session.SessionStatus;
import java.util.Arrays;
import java.util.List;

/** The status graph as SQL sees it. */
final class Steps {
  private Steps() {}

  /** The stored words of every status from which {@code target} may follow. */
  static List<String> before(SessionStatus target) {
    return Arrays.stream(SessionStatus.values())
        .filter(from -> from.mayBecome(target))
        .map(SessionStatus::word)
        .toList();
  }
}
