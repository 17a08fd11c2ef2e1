package fovea.api.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.registry.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An issuer as Keycloak and Supabase are: discovery, a key set, signed tokens. */
class IssuersTest {
  private static final ConcurrentLinkedQueue<String> ASKED = new ConcurrentLinkedQueue<>();
  private static final String ORGANIZATION = UUID.randomUUID().toString();
  private static RSAKey rsa;
  private static ECKey ec;
  private static HttpServer server;
  private static String issuer;

  private final Issuers issuers = issuers("role");

  @BeforeAll
  static void start() throws IOException, JOSEException {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/clinic";
    answer(
        "/realms/clinic/.well-known/openid-configuration",
        "{\"issuer\": \"%s\", \"jwks_uri\": \"%s/keys\"}".formatted(issuer, issuer));
    answer("/realms/clinic/keys", new JWKSet(List.of(rsa, ec)).toString(true));
    answer("/", "{}");
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @BeforeEach
  void forget() {
    ASKED.clear();
  }

  @Test
  void who_an_issuer_vouches_for_comes_in() throws JOSEException {
    Issuers.External known =
        new Issuers.External(issuer, "subject-1", UUID.fromString(ORGANIZATION), Role.DOCTOR);
    assertThat(issuers.external(token(rsaHeader(), right(), new RSASSASigner(rsa))))
        .contains(known);
    assertThat(issuers.external(token(ecHeader(), right(), new ECDSASigner(ec)))).contains(known);
    assertThat(ASKED)
        .containsExactly("/realms/clinic/.well-known/openid-configuration", "/realms/clinic/keys");
  }

  @Test
  void the_role_may_lie_deep_and_among_others() throws JOSEException {
    JWTClaimsSet.Builder claims =
        right()
            .claim("role", null)
            .claim("realm_access", Map.of("roles", List.of("offline_access", "researcher")));
    String token = token(rsaHeader(), claims, new RSASSASigner(rsa));
    assertThat(issuers("realm_access.roles").external(token).orElseThrow().role())
        .isEqualTo(Role.RESEARCHER);
    assertThat(issuers.external(token)).isEmpty();
  }

  @Test
  void what_is_over_or_not_for_us_is_refused() throws JOSEException {
    for (JWTClaimsSet.Builder claims :
        List.of(
            right().audience("other"),
            right().issuer(issuer + "/other"),
            right().expirationTime(in(-120)),
            right().expirationTime(null),
            right().notBeforeTime(in(120)),
            right().subject(null),
            right().claim("organization", "no uuid"),
            right().claim("organization", null),
            right().claim("role", "superuser"))) {
      assertThat(issuers.external(token(rsaHeader(), claims, new RSASSASigner(rsa)))).isEmpty();
    }
    JWSHeader refresh =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("rsa")
            .type(new JOSEObjectType("refresh"))
            .build();
    assertThat(issuers.external(token(refresh, right(), new RSASSASigner(rsa)))).isEmpty();
  }

  @Test
  void no_forged_signature_comes_in_and_nobody_else_is_asked() throws JOSEException {
    RSAKey own = new RSAKeyGenerator(2048).keyID("rsa").generate();
    URI elsewhere = URI.create(issuer.replace("/realms/clinic", "/attacker"));
    refused(token(rsaHeader(), right(), new RSASSASigner(own)));
    refused(
        token(
            new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(),
            right(),
            new RSASSASigner(own)));
    refused(
        token(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwkURL(elsewhere)
                .x509CertURL(elsewhere)
                .build(),
            right(),
            new RSASSASigner(own)));
    refused(
        token(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
            right(),
            new MACSigner(rsa.toRSAPublicKey().getEncoded())));
    refused(token(rsaHeader(), right().issuer(elsewhere.toString()), new RSASSASigner(own)));
    for (String kid : List.of("../../../../etc/passwd", "x' OR '1'='1", "http://127.0.0.1/")) {
      refused(
          token(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(),
              right(),
              new RSASSASigner(own)));
    }
    refused("x".repeat(1_000_000));
    refused("a.b.c");
    assertThat(ASKED).allMatch(path -> path.startsWith("/realms/clinic/"));
  }

  @Test
  void an_elliptic_signature_of_zeros_proves_nothing() throws JOSEException {
    String[] parts = token(ecHeader(), right(), new ECDSASigner(ec)).split("\\.");
    refused(parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
  }

  @Test
  void an_issuer_is_asked_over_tls_or_on_this_machine() {
    assertThatThrownBy(() -> settings("http://id.example.org", "role"))
        .isInstanceOf(CallerMistake.class);
  }

  private void refused(String token) {
    assertThat(issuers.external(token)).isEmpty();
  }

  private static Issuers issuers(String roleClaim) {
    return new Issuers(settings(String.valueOf(issuer), roleClaim));
  }

  private static IdentitySettings settings(String issuer, String roleClaim) {
    return IdentitySettings.of(
        SettingValues.of(Map.of("oidc-issuers", issuer, "oidc-role-claim", roleClaim)));
  }

  private static JWSHeader rsaHeader() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").type(JOSEObjectType.JWT).build();
  }

  private static JWSHeader ecHeader() {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build();
  }

  private static String token(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims.build());
    token.sign(signer);
    return token.serialize();
  }

  private static JWTClaimsSet.Builder right() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience("fovea-api")
        .subject("subject-1")
        .claim("organization", ORGANIZATION)
        .claim("role", "doctor")
        .expirationTime(in(120));
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static void answer(String path, String json) {
    server.createContext(
        path,
        exchange -> {
          ASKED.add(exchange.getRequestURI().getPath());
          byte[] body = json.getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
