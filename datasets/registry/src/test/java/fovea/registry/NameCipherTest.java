package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NameCipherTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private final NameCipher cipher = NameCipher.of(KEY);
  private final UUID row = UUID.randomUUID();

  @Test
  void a_name_comes_back_and_is_not_visible_in_between() {
    byte[] stored = cipher.encrypt("Søren Kierkegaard", row);
    assertThat(new String(stored, UTF_8)).doesNotContain("Kierkegaard");
    assertThat(NameCipher.of(KEY).decrypt(stored, row)).isEqualTo("Søren Kierkegaard");
  }

  @Test
  void equal_names_are_stored_differently() {
    assertThat(cipher.encrypt("Ada", row)).isNotEqualTo(cipher.encrypt("Ada", row));
  }

  @Test
  void one_flipped_bit_anywhere_is_refused() {
    byte[] stored = cipher.encrypt("Ada", row);
    for (int i = 0; i < stored.length; i++) {
      byte[] changed = stored.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> cipher.decrypt(changed, row))
          .as("byte %s", i)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_name_moved_to_another_row_or_key_is_refused() {
    byte[] stored = cipher.encrypt("Ada", row);
    assertThatThrownBy(() -> cipher.decrypt(stored, UUID.randomUUID()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("Ada");
    NameCipher other = NameCipher.of("x".repeat(32));
    assertThatThrownBy(() -> other.decrypt(stored, row)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void what_was_written_under_an_old_key_stays_readable() {
    byte[] stored = cipher.encrypt("Ada", row);
    NameCipher rotated = NameCipher.of("x".repeat(32), List.of("y".repeat(32), KEY));
    assertThat(rotated.decrypt(stored, row)).isEqualTo("Ada");
    byte[] again = rotated.encrypt("Ada", row);
    assertThat(NameCipher.of("x".repeat(32)).decrypt(again, row)).isEqualTo("Ada");
    assertThatThrownBy(() -> cipher.decrypt(again, row)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void what_was_written_without_a_key_id_stays_readable() {
    byte[] stored = withoutKeyId(cipher.encrypt("Ada", row));
    assertThat(cipher.decrypt(stored, row)).isEqualTo("Ada");
    assertThat(NameCipher.of("x".repeat(32), List.of(KEY)).decrypt(stored, row)).isEqualTo("Ada");
    assertThatThrownBy(() -> NameCipher.of("x".repeat(32)).decrypt(stored, row))
        .isInstanceOf(IllegalStateException.class);
  }

  private static byte[] withoutKeyId(byte[] stored) {
    byte[] old = new byte[stored.length - 4];
    old[0] = 1;
    System.arraycopy(stored, 5, old, 1, old.length - 1);
    return old;
  }

  @Test
  void a_key_of_another_length_is_the_callers_mistake() {
    assertThatThrownBy(() -> NameCipher.of("secret-but-short"))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("32")
        .hasMessageNotContaining("secret-but-short");
  }
}
