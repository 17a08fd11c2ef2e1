package fovea.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong clock = new AtomicLong();

  @Test
  void elsewhere_than_a_terminal_a_line_comes_every_five_seconds_with_rate_and_remaining_time() {
    ProgressLine line = ProgressLine.plain(out, clock::get);
    for (int second = 0; second <= 8; second++) {
      clock.set(TimeUnit.SECONDS.toNanos(second));
      line.report("ingest", 10L * second, 80);
    }
    clock.set(TimeUnit.SECONDS.toNanos(9));
    line.report("ingest", 80, 80);
    assertThat(text().lines())
        .containsExactly(
            "ingest       [....................] 0/80",
            "ingest       [############........] 50/80  10.0/s  ETA 3 s",
            "ingest       [####################] 80/80  10.0/s");
  }

  @Test
  void without_a_total_it_counts() {
    ProgressLine line = ProgressLine.plain(out, clock::get);
    line.report("listing", 7, 0);
    assertThat(text().strip()).isEqualTo("listing      7");
  }

  @Test
  void in_a_terminal_a_stage_is_drawn_over_and_the_next_one_begins_below() {
    try (ProgressLine line = ProgressLine.terminal(out)) {
      line.report("one", 0, 2);
      line.report("one", 2, 2);
      line.report("two", 0, 1);
    }
    assertThat(text()).containsOnlyOnce("one          [....................] 0/2\r");
    assertThat(text().chars().filter(c -> c == 0x0a).count()).isEqualTo(2);
    assertThat(text()).endsWith(System.lineSeparator());
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
