package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  @Test
  void only_the_right_password_matches() {
    String hash = Passwords.hash("correct horse");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(Passwords.matches("correct horse", Optional.of(hash))).isTrue();
    assertThat(Passwords.matches("correct horsf", Optional.of(hash))).isFalse();
    assertThat(Passwords.hash("correct horse")).isNotEqualTo(hash);
  }

  @Test
  void nobody_has_no_password_and_neither_has_a_foreign_hash() {
    assertThat(Passwords.matches("nobody", Optional.empty())).isFalse();
    assertThat(Passwords.matches("", Optional.of("$2b$12$abc"))).isFalse();
  }

  @Test
  void an_unknown_user_takes_as_long_as_a_wrong_password() {
    String hash = Passwords.hash("x");
    long wrong = nanos(Optional.of(hash));
    long nobody = nanos(Optional.empty());
    assertThat(nobody).isGreaterThan(wrong / 4);
  }

  // The faster of two: a machine that does other things only ever adds time.
  private static long nanos(Optional<String> hash) {
    return Math.min(once(hash), once(hash));
  }

  private static long once(Optional<String> hash) {
    long start = System.nanoTime();
    assertThat(Passwords.matches("y", hash)).isFalse();
    return System.nanoTime() - start;
  }
}
