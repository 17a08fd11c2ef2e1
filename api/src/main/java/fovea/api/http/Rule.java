package fovea.api.http;

import static fovea.registry.Role.DOCTOR;
import static fovea.registry.Role.ML_PIPELINE;
import static fovea.registry.Role.RESEARCHER;

import fovea.registry.Role;
import io.javalin.security.RouteRole;
import java.util.Set;

/** Who may call a route. A route without a rule serves nobody. */
public enum Rule implements RouteRole {
  /** No token needed. */
  ANYONE(),
  /** A valid token of any role. */
  SIGNED_IN(Role.values()),
  /** One's own sign-ins, password and second factor; also for who has yet to add one. */
  OWN(Role.values()),
  /** What tells who a patient is: names, references, faces, and whatever is written of patients. */
  CLINIC(DOCTOR, Role.ADMIN),
  /** Records under pseudonyms, one by one. */
  RESEARCH(DOCTOR, RESEARCHER, Role.ADMIN),
  /** What networks learn from. */
  LEARNING(RESEARCHER, ML_PIPELINE, Role.ADMIN),
  /** The organisation itself: its people, keys and settings. */
  ADMIN(Role.ADMIN);

  private final Set<Role> roles;

  Rule(Role... roles) {
    this.roles = Set.of(roles);
  }

  /** Whether someone of this role may call. */
  public boolean admits(Role role) {
    return this == ANYONE || roles.contains(role);
  }
}
