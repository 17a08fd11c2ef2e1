package fovea.api.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import fovea.api.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One issuer: its keys are found by discovery (OpenID Connect Discovery 1.0, section 4) when its
 * first token comes, kept, and asked for again at most every half minute.
 */
final class Issuer {
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);
  private static final int MILLISECONDS = 2_000;
  private static final int MOST_BYTES = 262_144;

  private final URI uri;
  private final String audience;
  private final DefaultResourceRetriever web =
      new DefaultResourceRetriever(MILLISECONDS, MILLISECONDS, MOST_BYTES);
  private @Nullable DefaultJWTProcessor<SecurityContext> verifier;

  Issuer(URI uri, String audience) {
    this.uri = uri;
    this.audience = audience;
  }

  /** As its tokens say it. */
  String name() {
    return uri.toString();
  }

  /** What a token says that this issuer signed for us and that is not over. */
  JWTClaimsSet verify(String token) throws ParseException, BadJOSEException, JOSEException {
    return verifier().process(token, null);
  }

  private synchronized DefaultJWTProcessor<SecurityContext> verifier() throws JOSEException {
    if (verifier == null) {
      verifier = processor(JWKSourceBuilder.create(keys(), web).build());
    }
    return verifier;
  }

  private DefaultJWTProcessor<SecurityContext> processor(JWKSource<SecurityContext> keys) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, Tokens.TYPE, null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            audience, new JWTClaimsSet.Builder().issuer(name()).build(), Set.of("sub", "exp")));
    return processor;
  }

  private URL keys() throws JOSEException {
    String base = name().endsWith("/") ? name() : name() + "/";
    try {
      JsonNode found =
          Json.MAPPER.readTree(
              web.retrieveResource(URI.create(base + ".well-known/openid-configuration").toURL())
                  .getContent());
      return URI.create(found.path("jwks_uri").asText()).toURL();
    } catch (IOException | IllegalArgumentException unreachable) {
      throw new RemoteKeySourceException("no discovery at " + base, unreachable);
    }
  }
}
