package fovea.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.api.limits.Counter.Count;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalCounterTest {
  private static final Limit LIMIT = new Limit("minute", 3, Duration.ofMinutes(1));

  private final AtomicLong seconds = new AtomicLong(-30);
  private final LocalCounter counter =
      new LocalCounter(() -> Duration.ofSeconds(seconds.get()).toNanos());

  @Test
  void the_window_slides_and_is_no_full_minute() {
    assertThat(counter.take("a", LIMIT)).isEqualTo(new Count(true, 2, 60_000));
    seconds.addAndGet(20);
    assertThat(counter.take("a", LIMIT)).isEqualTo(new Count(true, 1, 40_000));
    assertThat(counter.take("a", LIMIT)).isEqualTo(new Count(true, 0, 40_000));
    seconds.addAndGet(39);
    assertThat(counter.take("a", LIMIT)).isEqualTo(new Count(false, 0, 1_000));
    seconds.addAndGet(1);
    assertThat(counter.take("a", LIMIT)).isEqualTo(new Count(true, 0, 20_000));
    assertThat(counter.take("a", LIMIT).taken()).isFalse();
  }

  @Test
  void callers_and_limits_do_not_count_for_each_other() {
    for (int i = 0; i < 3; i++) {
      assertThat(counter.take("a", LIMIT).taken()).isTrue();
    }
    assertThat(counter.take("a", LIMIT).taken()).isFalse();
    assertThat(counter.take("b", LIMIT).taken()).isTrue();
    assertThat(counter.take("a", new Limit("hour", 3, Duration.ofHours(1))).taken()).isTrue();
    counter.forget("a", LIMIT);
    assertThat(counter.take("a", LIMIT).taken()).isTrue();
  }
}
