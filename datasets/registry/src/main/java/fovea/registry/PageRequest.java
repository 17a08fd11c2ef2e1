package fovea.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Which rows of a list.
 *
 * @param most how many, at most
 * @param after where the page before ended; empty for the first page
 */
public record PageRequest(int most, Optional<Position> after) {

  /** The first rows. */
  public static PageRequest first(int most) {
    return new PageRequest(most, Optional.empty());
  }

  Optional<Instant> at() {
    return after.map(Position::at);
  }

  Optional<UUID> id() {
    return after.map(Position::id);
  }
}
