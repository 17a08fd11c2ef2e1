package fovea.contract.model;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a trained network stands. It moves only along {@link #next()}; a retired one stays retired.
 */
public enum ModelState {
  /** Training left it; nothing has been said of it yet. */
  CANDIDATE,
  /** Its newest gate passed. */
  GATED,
  /** A person put it to use. */
  PUBLISHED,
  /** Out of use; the reason is kept. */
  RETIRED;

  /** The states that may follow this one. */
  public Set<ModelState> next() {
    return switch (this) {
      case CANDIDATE -> EnumSet.of(GATED, RETIRED);
      // Back to CANDIDATE: a newer gate did not pass.
      case GATED -> EnumSet.of(PUBLISHED, CANDIDATE, RETIRED);
      case PUBLISHED -> EnumSet.of(RETIRED);
      case RETIRED -> EnumSet.noneOf(ModelState.class);
    };
  }

  /** Whether the step from this state to {@code other} is allowed. */
  public boolean mayBecome(ModelState other) {
    return next().contains(other);
  }

  /** As stored and printed: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a stored word. */
  public static ModelState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
