package fovea.api.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import fovea.contract.errors.CallerMistake;
import fovea.registry.Actor;
import fovea.registry.Role;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final JWSHeader HEADER = header().build();
  private final Tokens tokens = Tokens.of(SECRET, Duration.ofMinutes(5));
  private final Actor doctor = new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.DOCTOR);
  private final UUID signIn = UUID.randomUUID();

  @Test
  void a_token_speaks_for_the_one_it_was_issued_to() {
    Tokens.Issued issued = tokens.issue(doctor, signIn, Instant.now());
    assertThat(tokens.claims(issued.token())).contains(new Tokens.Claims(doctor, signIn));
    assertThat(issued.toString()).doesNotContain(issued.token());
  }

  @Test
  void a_token_that_is_over_speaks_for_nobody() {
    refused(tokens.issue(doctor, signIn, Instant.now().minusSeconds(301)).token());
    refused(mac(HEADER, right().expirationTime(null), SECRET));
    refused(mac(HEADER, right().notBeforeTime(in(60)), SECRET));
  }

  @Test
  void one_changed_character_anywhere_is_refused() {
    String token = tokens.issue(doctor, signIn, Instant.now()).token();
    // The last character of base64 has spare bits, so it may change without changing a byte.
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.claims(changed)).as("character %s", i).isEmpty();
    }
  }

  @Test
  void tokens_of_another_secret_issuer_audience_or_type_are_refused() {
    assertThat(tokens.claims(mac(HEADER, right(), SECRET))).isPresent();
    refused(mac(HEADER, right(), "x".repeat(32)));
    refused(mac(HEADER, right().issuer("other"), SECRET));
    refused(mac(HEADER, right().audience("other"), SECRET));
    refused(mac(HEADER, right().subject("no uuid"), SECRET));
    refused(mac(HEADER, right().claim("role", "superuser"), SECRET));
    refused(mac(HEADER, right().claim("sid", null), SECRET));
    refused(mac(header().type(JOSEObjectType.JWT).build(), right(), SECRET));
    refused(mac(header().type(null).build(), right(), SECRET));
  }

  @Test
  void a_token_does_not_choose_its_algorithm_or_its_key() throws JOSEException {
    refused(new PlainJWT(right().build()).serialize());
    refused(
        mac(
            new JWSHeader.Builder(JWSAlgorithm.HS512).type(Tokens.TYPE).build(),
            right(),
            SECRET.repeat(2)));
    RSAKey rsa = new RSAKeyGenerator(2048).generate();
    SignedJWT signed =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(Tokens.TYPE)
                .jwk(rsa.toPublicJWK())
                .build(),
            right().build());
    signed.sign(new RSASSASigner(rsa));
    refused(signed.serialize());
    // RS/HS confusion: an HMAC keyed with what is public.
    refused(mac(HEADER, right(), new String(rsa.toRSAPublicKey().getEncoded(), UTF_8)));
    for (String kid : new String[] {"../../../../dev/null", "' OR 1=1 --", "/etc/passwd"}) {
      refused(mac(header().keyID(kid).build(), right(), ""));
    }
    // An address that nobody could have been asked at: what answers here is the signature alone.
    URI nowhere = URI.create("http://192.0.2.1/keys");
    Instant start = Instant.now();
    refused(mac(header().jwkURL(nowhere).x509CertURL(nowhere).build(), right(), "x".repeat(32)));
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void rubbish_is_refused_without_ado() {
    String none = Base64.getUrlEncoder().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
    for (String text : new String[] {"x", "a.b.c", none + "..", "x".repeat(1_000_000), "é.é.é"}) {
      refused(text);
    }
  }

  @Test
  void a_short_secret_is_the_callers_mistake() {
    assertThatThrownBy(() -> Tokens.of("short-secret", Duration.ofMinutes(1)))
        .isInstanceOf(CallerMistake.class)
        .hasMessageNotContaining("short-secret");
  }

  private void refused(String token) {
    assertThat(tokens.claims(token)).isEmpty();
  }

  private static JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.HS256).type(Tokens.TYPE);
  }

  private static String mac(JWSHeader header, JWTClaimsSet.Builder claims, String secret) {
    try {
      byte[] key = secret.getBytes(UTF_8);
      SignedJWT token = new SignedJWT(header, claims.build());
      // An empty key for what a path or a row might have held: signed with zeros.
      token.sign(new MACSigner(key.length == 0 ? new byte[32] : key));
      return token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private JWTClaimsSet.Builder right() {
    return new JWTClaimsSet.Builder()
        .issuer("fovea")
        .audience("fovea-api")
        .subject(doctor.user().toString())
        .claim("org", doctor.organization().toString())
        .claim("role", "doctor")
        .claim("sid", signIn.toString())
        .expirationTime(in(60));
  }
}
