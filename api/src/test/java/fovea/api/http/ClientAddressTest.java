package fovea.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
  private static final ClientAddress BEHIND =
      ClientAddress.behind(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.7"));

  @Test
  void nobody_is_believed_unless_named() {
    ClientAddress alone = ClientAddress.behind(List.of());
    assertThat(alone.of("10.1.2.3", "203.0.113.9")).isEqualTo("10.1.2.3");
    assertThat(BEHIND.of("203.0.113.1", "203.0.113.9")).isEqualTo("203.0.113.1");
  }

  @Test
  void the_last_address_that_is_no_proxy_counts_and_not_what_the_caller_wrote_before_it() {
    assertThat(BEHIND.of("10.1.2.3", "203.0.113.9")).isEqualTo("203.0.113.9");
    assertThat(BEHIND.of("10.1.2.3", "1.1.1.1, 203.0.113.9, 192.0.2.7")).isEqualTo("203.0.113.9");
    assertThat(BEHIND.of("fd00::1", "2001:db8::5")).isEqualTo("2001:db8::5");
    assertThat(BEHIND.of("10.1.2.3", "localhost")).isEqualTo("10.1.2.3");
    assertThat(BEHIND.of("10.1.2.3", null)).isEqualTo("10.1.2.3");
  }

  @Test
  void ranges_hold_to_the_bit() {
    AddressRange range = AddressRange.of("192.168.4.0/22");
    assertThat(range.contains(new byte[] {(byte) 192, (byte) 168, 7, (byte) 255})).isTrue();
    assertThat(range.contains(new byte[] {(byte) 192, (byte) 168, 8, 0})).isFalse();
    for (String wrong : List.of("example.org", "10.0.0.0/33", "10.0.0.0/x", "")) {
      assertThatThrownBy(() -> AddressRange.of(wrong)).as(wrong).isInstanceOf(CallerMistake.class);
    }
  }
}
