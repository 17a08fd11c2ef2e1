package fovea.registry;

import fovea.contract.model.ModelState;
import java.time.Instant;
import java.util.Optional;

/**
 * One step of a trained network's life.
 *
 * @param from empty for the first
 * @param by who made it, by name or login
 * @param reason one sentence
 */
public record ModelStep(
    Optional<ModelState> from, ModelState to, String by, String reason, Instant at) {}
