package fovea.registry;

import java.util.UUID;

/**
 * The answer of an idempotent create.
 *
 * @param isNew false where it was there already
 */
public record Made(UUID id, boolean isNew) {}
