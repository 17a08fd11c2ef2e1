package fovea.api;

import io.javalin.security.RouteRole;

/** Who may call a route. A route without a rule serves nobody. */
enum Rule implements RouteRole {
  /** No token needed. */
  ANYONE,
  /** A valid token of any role. */
  SIGNED_IN
}
