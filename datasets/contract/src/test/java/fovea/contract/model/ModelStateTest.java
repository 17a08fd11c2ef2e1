package fovea.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelStateTest {
  @Test
  void these_steps_are_allowed_and_no_others() {
    List<String> allowed =
        Arrays.stream(ModelState.values())
            .flatMap(
                from ->
                    Arrays.stream(ModelState.values())
                        .filter(from::mayBecome)
                        .map(to -> from.word() + " " + to.word()))
            .toList();
    assertThat(allowed)
        .containsExactlyInAnyOrder(
            "candidate gated",
            "candidate retired",
            "gated candidate",
            "gated published",
            "gated retired",
            "published retired");
  }

  @Test
  void a_word_names_its_state() {
    for (ModelState state : ModelState.values()) {
      assertThat(ModelState.of(state.word())).isEqualTo(state);
    }
  }
}
