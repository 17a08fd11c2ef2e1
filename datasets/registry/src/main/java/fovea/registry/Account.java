package fovea.registry;

import org.jspecify.annotations.Nullable;

/**
 * A user as sign-in needs it.
 *
 * @param passwordHash as {@link Passwords} makes it; null for who signs in elsewhere
 * @param ofPlatform whether it is the account that the platform made for itself
 */
public record Account(Actor actor, @Nullable String passwordHash, boolean ofPlatform) {
  /** Without the hash. */
  @Override
  public String toString() {
    return actor.toString();
  }
}
