package fovea.api.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import fovea.contract.errors.CallerMistake;
import fovea.registry.Actor;
import fovea.registry.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Algorithm RIGHT = Algorithm.HMAC256(SECRET);

  private final Tokens tokens = Tokens.of(SECRET, Duration.ofMinutes(5));
  private final Actor doctor = new Actor(UUID.randomUUID(), UUID.randomUUID(), Role.DOCTOR);

  @Test
  void a_token_speaks_for_the_one_it_was_issued_to() {
    Tokens.Issued issued = tokens.issue(doctor, Instant.now());
    assertThat(tokens.actor(issued.token())).contains(doctor);
    assertThat(issued.toString()).doesNotContain(issued.token());
  }

  @Test
  void a_token_that_is_over_speaks_for_nobody() {
    String old = tokens.issue(doctor, Instant.now().minusSeconds(301)).token();
    assertThat(tokens.actor(old)).isEmpty();
  }

  @Test
  void one_changed_character_anywhere_is_refused() {
    String token = tokens.issue(doctor, Instant.now()).token();
    // The last character of base64 has spare bits, so it may change without changing a byte.
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.actor(changed)).as("character %s", i).isEmpty();
    }
  }

  @Test
  void tokens_of_another_secret_algorithm_issuer_or_audience_are_refused() {
    assertThat(tokens.actor(right().sign(RIGHT))).contains(doctor);
    assertThat(tokens.actor(right().sign(Algorithm.HMAC256("x".repeat(32))))).isEmpty();
    assertThat(tokens.actor(right().sign(Algorithm.HMAC512(SECRET)))).isEmpty();
    assertThat(tokens.actor(right().sign(Algorithm.none()))).isEmpty();
    assertThat(tokens.actor(right().withIssuer("other").sign(RIGHT))).isEmpty();
    assertThat(tokens.actor(right().withAudience("other").sign(RIGHT))).isEmpty();
    assertThat(tokens.actor(right().withExpiresAt((Instant) null).sign(RIGHT))).isEmpty();
    assertThat(tokens.actor(right().withSubject("no uuid").sign(RIGHT))).isEmpty();
    assertThat(tokens.actor(right().withClaim("role", "superuser").sign(RIGHT))).isEmpty();
    assertThat(tokens.actor(right().withNotBefore(Instant.now().plusSeconds(60)).sign(RIGHT)))
        .isEmpty();
  }

  @Test
  void rubbish_is_refused_without_ado() {
    String none = Base64.getUrlEncoder().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
    for (String text : new String[] {"x", "a.b.c", none + "..", "x".repeat(1_000_000), "é.é.é"}) {
      assertThat(tokens.actor(text)).isEmpty();
    }
  }

  @Test
  void a_short_secret_is_the_callers_mistake() {
    assertThatThrownBy(() -> Tokens.of("short-secret", Duration.ofMinutes(1)))
        .isInstanceOf(CallerMistake.class)
        .hasMessageNotContaining("short-secret");
  }

  private JWTCreator.Builder right() {
    return JWT.create()
        .withIssuer("fovea")
        .withAudience("fovea-api")
        .withSubject(doctor.user().toString())
        .withClaim("org", doctor.organization().toString())
        .withClaim("role", "doctor")
        .withExpiresAt(Instant.now().plusSeconds(60));
  }
}
