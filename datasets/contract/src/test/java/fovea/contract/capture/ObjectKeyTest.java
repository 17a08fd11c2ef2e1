package fovea.contract.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
  private static final LocalDate DAY = LocalDate.of(2026, 2, 28);
  private static final UUID HOUSE = new UUID(1, 2);
  private static final UUID IMAGE = new UUID(3, 4);

  @Test
  void a_photographs_key_reads_back_as_its_parts() {
    String path = ObjectKey.fundus(DAY, HOUSE, IMAGE).path();
    assertThat(path).isEqualTo("research/fundus/2026-02-28/" + HOUSE + "/" + IMAGE);
    assertThat(ObjectKey.parseFundus(path)).contains(new ObjectKey.FundusKey(DAY, HOUSE, IMAGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "research/fundus/",
        "research/fundus/2026-02-30/00000000-0000-0001-0000-000000000002/x",
        "research/fundus/2026-02-28/a/b/c",
        "identified/sessions/2026-02-28/a/b"
      })
  void any_other_path_is_not_a_photographs_key(String path) {
    assertThat(ObjectKey.parseFundus(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../up", "Anna Müller.jpg", "", "a/b", ".hidden"})
  void a_clients_file_name_never_becomes_part_of_a_key(String name) {
    assertThatThrownBy(() -> ObjectKey.model(IMAGE, 1, name))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
