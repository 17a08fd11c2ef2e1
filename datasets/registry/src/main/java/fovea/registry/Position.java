package fovea.registry;

import java.time.Instant;
import java.util.UUID;

/**
 * A place in a list ordered by time: the next page begins behind it, whatever was added or taken
 * away meanwhile.
 *
 * @param at to the microsecond, as Postgres has it
 */
public record Position(Instant at, UUID id) {}
