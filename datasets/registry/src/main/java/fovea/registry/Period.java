package fovea.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * When something was made.
 *
 * @param from the first moment; empty for any
 * @param until the first moment that is too late; empty for any
 */
public record Period(Optional<Instant> from, Optional<Instant> until) {
  /** Whenever. */
  public static final Period ALWAYS = new Period(Optional.empty(), Optional.empty());
}
