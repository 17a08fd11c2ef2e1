package fovea.registry;

/**
 * A user as sign-in needs it.
 *
 * @param passwordHash as {@link Passwords} makes it
 */
public record Account(Actor actor, String passwordHash) {

  /** Without the hash. */
  @Override
  public String toString() {
    return actor.toString();
  }
}
