package fovea.registry;

import java.util.UUID;

/** Who acts, for which organisation, in which role. */
public record Actor(UUID user, UUID organization, Role role) {}
