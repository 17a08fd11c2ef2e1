package fovea.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /** "12345678901234567890" of RFC 6238, appendix B, in base 32. */
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codes_are_those_of_the_rfc(long seconds, String code) {
    assertThat(Totp.code(SECRET, seconds / 30)).isEqualTo(code);
    assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(seconds))).hasValue(seconds / 30);
    assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(seconds + 30))).isPresent();
    assertThat(Totp.step(SECRET, code, Instant.ofEpochSecond(seconds + 60))).isEmpty();
  }

  @Test
  void secrets_are_fresh_and_of_160_bits() {
    assertThat(Totp.secret()).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.secret());
    assertThat(Totp.uri(SECRET, "a b"))
        .isEqualTo("otpauth://totp/Fovea:a+b?secret=" + SECRET + "&issuer=Fovea");
  }
}
