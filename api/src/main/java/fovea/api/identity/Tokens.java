package fovea.api.identity;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import fovea.contract.errors.CallerMistake;
import fovea.registry.Actor;
import fovea.registry.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Access tokens: JWT, HS256, for this API and nobody else. */
public final class Tokens {
  private static final String ISSUER = "fovea";
  private static final String AUDIENCE = "fovea-api";
  private static final String ORGANIZATION = "org";
  private static final String ROLE = "role";
  private static final int MOST_CHARACTERS = 2_000;

  private final Algorithm algorithm;
  private final JWTVerifier verifier;
  private final Duration lifetime;

  private Tokens(Algorithm algorithm, Duration lifetime) {
    this.algorithm = algorithm;
    this.lifetime = lifetime;
    this.verifier = JWT.require(algorithm).withIssuer(ISSUER).withAudience(AUDIENCE).build();
  }

  /**
   * @param secret {@code JWT_SECRET}, at least 32 characters
   * @throws CallerMistake where it is shorter
   */
  public static Tokens of(String secret, Duration lifetime) {
    if (secret.length() < 32) {
      throw new CallerMistake(
          "bad-jwt-secret",
          "JWT_SECRET must have at least 32 characters, cannot have " + secret.length(),
          "Generate one with: openssl rand -hex 32");
    }
    return new Tokens(Algorithm.HMAC256(secret), lifetime);
  }

  /** A token for someone who has just proven who it is. */
  public Issued issue(Actor actor, Instant now) {
    Instant expires = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    String token =
        JWT.create()
            .withIssuer(ISSUER)
            .withAudience(AUDIENCE)
            .withSubject(actor.user().toString())
            .withClaim(ORGANIZATION, actor.organization().toString())
            .withClaim(ROLE, actor.role().word())
            .withIssuedAt(now)
            .withExpiresAt(expires)
            .sign(algorithm);
    return new Issued(token, expires);
  }

  /** Who a token speaks for; empty for every token that this API has not issued or that is over. */
  public Optional<Actor> actor(String token) {
    if (token.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      DecodedJWT decoded = verifier.verify(token);
      // The library accepts a token without an end, and one whose end is null.
      if (decoded.getExpiresAtAsInstant() == null) {
        return Optional.empty();
      }
      return Optional.of(
          new Actor(
              UUID.fromString(decoded.getSubject()),
              UUID.fromString(decoded.getClaim(ORGANIZATION).asString()),
              Role.of(decoded.getClaim(ROLE).asString())));
    } catch (JWTVerificationException | IllegalArgumentException | NullPointerException refused) {
      return Optional.empty();
    }
  }

  /** A fresh token and its end. */
  public record Issued(String token, Instant expires) {

    /** Without the token. */
    @Override
    public String toString() {
      return "a token until " + expires;
    }
  }
}
