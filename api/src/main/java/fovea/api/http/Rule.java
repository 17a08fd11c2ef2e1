package fovea.api.http;

import io.javalin.security.RouteRole;

/** Who may call a route. A route without a rule serves nobody. */
public enum Rule implements RouteRole {
  /** No token needed. */
  ANYONE,
  /** A valid token of any role. */
  SIGNED_IN
}
