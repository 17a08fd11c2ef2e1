package fovea.api.identity;

import fovea.api.http.Refusal;
import fovea.api.http.Rule;
import fovea.registry.Actor;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Optional;

/** Lets a request through to its route, or not. */
public final class Access {
  private static final String ACTOR = "actor";
  private static final String SCHEME = "Bearer ";

  private final Tokens tokens;

  public Access(Tokens tokens) {
    this.tokens = tokens;
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
    Actor actor = tokens.actor(token).orElseThrow(Refusal::invalidToken);
    // Known before the refusal, which is put on record.
    context.attribute(ACTOR, actor);
    // Before any id is looked at: the answer is the same for what exists and what does not.
    if (!rule.admits(actor.role())) {
      throw Refusal.notPermitted();
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
    return Optional.ofNullable(context.<Actor>attribute(ACTOR));
  }

  /** Who calls, within a route that asks for a token. */
  public static Actor actor(Context context) {
    return Objects.requireNonNull(context.<Actor>attribute(ACTOR));
  }
}
