package fovea.api.identity;

import fovea.registry.Actor;
import fovea.registry.Credentials;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose token it is: a person's of this house, a program's, or one that an issuer vouches for. */
final class Callers {
  private final Credentials credentials;
  private final Tokens tokens;
  private final Issuers issuers;
  private final SecondFactorPolicy policy;

  Callers(Credentials credentials, Tokens tokens, IdentitySettings settings) {
    this.credentials = credentials;
    this.tokens = tokens;
    this.issuers = new Issuers(settings);
    this.policy = settings.secondFactor();
  }

  /** Who calls, as the registry knows them now: a role in a token may be an old one. */
  Optional<Caller> of(String token) {
    if (token.startsWith(Credentials.SERVICE)) {
      return credentials.service(token).map(actor -> new Caller(actor, null, false));
    }
    Optional<Tokens.Claims> ours = tokens.claims(token);
    if (ours.isPresent()) {
      UUID signIn = ours.get().signIn();
      return credentials
          .standing(ours.get().actor(), signIn)
          .map(standing -> new Caller(standing.actor(), signIn, policy.misses(standing)));
    }
    return issuers
        .external(token)
        .flatMap(
            known ->
                credentials.external(
                    known.issuer(), known.subject(), known.organization(), known.role()))
        .map(actor -> new Caller(actor, null, false));
  }

  /**
   * Who calls.
   *
   * @param signIn null for programs and for people of other issuers
   * @param confined whether a second factor must be added before anything else
   */
  record Caller(Actor actor, @Nullable UUID signIn, boolean confined) {}
}
