package fovea.contract.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupNameTest {
  @Test
  void a_camera_called_overall_does_not_take_the_place_of_the_overall_row() {
    assertThat(GroupName.safe("overall")).isEqualTo("'overall'");
    assertThat(GroupName.isGroup("'overall'")).isTrue();
    assertThat(GroupName.isGroup("overall")).isFalse();
    assertThat(GroupName.safe("p_bh")).isEqualTo("'p_bh'");
  }

  @Test
  void those_of_whom_it_is_not_recorded_are_stored_plainly_but_compared_with_nobody() {
    assertThat(GroupName.safe("unknown")).isEqualTo("unknown");
    assertThat(GroupName.isGroup("unknown")).isFalse();
  }
}
