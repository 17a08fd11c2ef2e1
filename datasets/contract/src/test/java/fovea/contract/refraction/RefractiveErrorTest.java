package fovea.contract.refraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RefractiveErrorTest {
  @Test
  void a_refraction_is_its_power_vector() {
    RefractiveError with = new RefractiveError(-2, -1, 180);
    assertThat(with.sphericalEquivalent()).isEqualTo(-2.5);
    assertThat(with.j0()).isCloseTo(0.5, within(1e-12));
    assertThat(with.j45()).isCloseTo(0, within(1e-12));
    assertThat(new RefractiveError(0, -2, 45).j45()).isCloseTo(1, within(1e-12));
  }

  @Test
  void both_ways_of_writing_one_lens_are_one_power_vector() {
    for (int axis = 0; axis <= 90; axis += 5) {
      RefractiveError minus = new RefractiveError(1.25, -0.75, axis);
      RefractiveError plus = new RefractiveError(0.5, 0.75, axis + 90);
      assertThat(plus.sphericalEquivalent()).isEqualTo(minus.sphericalEquivalent());
      assertThat(plus.j0()).isCloseTo(minus.j0(), within(1e-12));
      assertThat(plus.j45()).isCloseTo(minus.j45(), within(1e-12));
    }
  }

  @Test
  void a_typing_error_is_not_an_eye() {
    assertThatThrownBy(() -> new RefractiveError(-275, 0, 0)).hasMessageContaining("sphere");
    assertThatThrownBy(() -> new RefractiveError(0, 0, 181)).hasMessageContaining("axis");
    assertThatThrownBy(() -> new RefractiveError(0, Double.NaN, 0)).hasMessageContaining("cyl");
  }
}
