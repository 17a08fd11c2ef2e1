package fovea.contract.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionStatusTest {
  @ParameterizedTest
  @EnumSource
  void a_word_reads_back_as_its_status(SessionStatus status) {
    assertThat(SessionStatus.of(status.word())).isEqualTo(status);
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
  void nothing_follows_an_end(SessionStatus end) {
    assertThat(end.terminal()).isTrue();
    for (SessionStatus other : SessionStatus.values()) {
      assertThat(end.mayBecome(other)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"COMPLETED", "FAILED", "CANCELLED"},
      mode = EnumSource.Mode.EXCLUDE)
  void a_person_may_withdraw_until_the_end_and_no_status_follows_itself(SessionStatus open) {
    assertThat(open.mayBecome(SessionStatus.CANCELLED)).isTrue();
    assertThat(open.mayBecome(open)).isFalse();
  }
}
