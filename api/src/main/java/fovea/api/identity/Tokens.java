package fovea.api.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import fovea.contract.errors.CallerMistake;
import fovea.registry.Actor;
import fovea.registry.Role;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Access tokens: JWT of type {@code at+jwt} (RFC 9068), HS256, for this API and nobody else. Each
 * names the sign-in that it comes from and ends with it.
 */
public final class Tokens {
  static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
  private static final String ISSUER = "fovea";
  private static final String AUDIENCE = "fovea-api";
  private static final String ORGANIZATION = "org";
  private static final String ROLE = "role";
  private static final String SIGN_IN = "sid";
  private static final int MOST_CHARACTERS = 2_000;

  private final byte[] secret;
  private final Duration lifetime;
  private final DefaultJWTProcessor<SecurityContext> verifier = new DefaultJWTProcessor<>();

  private Tokens(byte[] secret, Duration lifetime) {
    this.secret = secret;
    this.lifetime = lifetime;
    verifier.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
    verifier.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableSecret<>(secret)));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            AUDIENCE,
            new JWTClaimsSet.Builder().issuer(ISSUER).build(),
            Set.of("sub", "exp", ORGANIZATION, ROLE, SIGN_IN));
    claims.setMaxClockSkew(0);
    verifier.setJWTClaimsSetVerifier(claims);
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
    return new Tokens(secret.getBytes(UTF_8), lifetime);
  }

  /** A token for someone who has just proven who it is. */
  public Issued issue(Actor actor, UUID signIn, Instant now) {
    Instant expires = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(TYPE).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(actor.user().toString())
                .claim(ORGANIZATION, actor.organization().toString())
                .claim(ROLE, actor.role().word())
                .claim(SIGN_IN, signIn.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expires))
                .build());
    try {
      token.sign(new MACSigner(secret));
    } catch (JOSEException impossible) {
      throw new IllegalStateException("no token could be signed", impossible);
    }
    return new Issued(token.serialize(), expires);
  }

  /** What a token says; empty for every one that this API has not issued or that is over. */
  public Optional<Claims> claims(String token) {
    if (token.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      JWTClaimsSet claims = verifier.process(token, null);
      return Optional.of(
          new Claims(
              new Actor(
                  UUID.fromString(claims.getSubject()),
                  UUID.fromString(claims.getStringClaim(ORGANIZATION)),
                  Role.of(claims.getStringClaim(ROLE))),
              UUID.fromString(claims.getStringClaim(SIGN_IN))));
    } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  /** Who a token speaks for, and by which sign-in. */
  public record Claims(Actor actor, UUID signIn) {}

  /** A fresh token and its end. */
  public record Issued(String token, Instant expires) {
    /** Without the token. */
    @Override
    public String toString() {
      return "a token until " + expires;
    }
  }
}
