package fovea.api.identity;

import fovea.api.http.Refusal;
import fovea.api.http.Rule;
import fovea.api.identity.Callers.Caller;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Lets a request through to its route, or not. */
public final class Access {
  private static final String CALLER = "caller";
  private static final String SCHEME = "Bearer ";
  private final Callers callers;

  public Access(ApiRegistry registry, Tokens tokens, IdentitySettings settings) {
    this.callers = new Callers(registry.credentials(), tokens, settings);
  }

  /** Runs before every route; the routes' rules decide. */
  public void check(Context context) {
    Rule rule = rule(context);
    if (rule == Rule.ANYONE) {
      return;
    }
    String header = context.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Refusal.tokenRequired();
    }
    String token = header.substring(SCHEME.length()).strip();
    if (token.isEmpty()) {
      throw Refusal.tokenRequired();
    }
    Caller caller = callers.of(token).orElseThrow(Refusal::invalidToken);
    // Known before the refusal, which is put on record.
    context.attribute(CALLER, caller);
    admit(rule, caller);
  }

  // Before any id is looked at: the answer is the same for what exists and what does not.
  private static void admit(Rule rule, Caller caller) {
    boolean withoutSignIn = rule == Rule.OWN && caller.signIn() == null;
    if (!rule.admits(caller.actor().role()) || withoutSignIn) {
      throw Refusal.notPermitted();
    }
    if (caller.confined() && rule != Rule.OWN) {
      throw Refusal.secondFactorMissing();
    }
  }

  private static Rule rule(Context context) {
    return context.routeRoles().stream()
        .filter(Rule.class::isInstance)
        .map(Rule.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a route without a rule"));
  }

  /** Who calls, where a token told. */
  public static Optional<Actor> caller(Context context) {
    return Optional.ofNullable(context.<Caller>attribute(CALLER)).map(Caller::actor);
  }

  /** Who calls, within a route that asks for a token. */
  public static Actor actor(Context context) {
    return known(context).actor();
  }

  /** By which sign-in, within a route of the rule {@link Rule#OWN}. */
  static UUID signIn(Context context) {
    return Objects.requireNonNull(known(context).signIn());
  }

  private static Caller known(Context context) {
    return Objects.requireNonNull(context.<Caller>attribute(CALLER));
  }
}
