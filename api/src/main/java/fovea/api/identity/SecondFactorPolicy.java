package fovea.api.identity;

import fovea.registry.Credentials.Standing;
import fovea.registry.Role;
import java.util.Locale;

/** Of whom sign-in asks a second factor, beside those who added one by themselves. */
public enum SecondFactorPolicy {
  /** Of nobody. */
  OPTIONAL,
  /** Of admins, save the platform's own account, whose password lies in its folder anyway. */
  ADMINS,
  /** Of everybody. */
  ALL;

  /** Whether this sign-in still lacks one. */
  boolean misses(Standing standing) {
    return !standing.secondFactor()
        && switch (this) {
          case OPTIONAL -> false;
          case ADMINS -> standing.actor().role() == Role.ADMIN && !standing.ofPlatform();
          case ALL -> true;
        };
  }

  static SecondFactorPolicy of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
