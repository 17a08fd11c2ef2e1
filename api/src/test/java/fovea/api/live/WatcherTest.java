package fovea.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.registry.SessionEvents.Cursor;
import fovea.registry.SessionEvents.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatcherTest {
  private static final UUID SESSION = new UUID(0, 1);

  private final List<String> written = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();
  private boolean closed;
  private final Watcher.Stream stream =
      new Watcher.Stream() {
        @Override
        public void send(Event event) {
          written.add(event.place().toString());
        }

        @Override
        public void beat() {
          written.add("beat");
        }

        @Override
        public void close() {
          closed = true;
        }
      };

  @Test
  void what_was_missed_comes_first_and_nothing_comes_twice() {
    Watcher watcher = new Watcher(SESSION, new Cursor(1, 0), stream, Runnable::run);
    assertThat(watcher.offer(event(2, 5))).isTrue();
    assertThat(watcher.offer(event(3, 4))).isTrue();
    assertThat(written).isEmpty();
    watcher.begin(List.of(event(1, 1), event(2, 5)));
    assertThat(written).containsExactly("1.1", "2.5", "3.4");
    watcher.offer(event(3, 4));
    watcher.offer(new Event(new Cursor(9, 9), new UUID(0, 2), "x", null, 0, null, Instant.EPOCH));
    watcher.beat();
    watcher.offer(event(4, 6));
    assertThat(written).containsExactly("1.1", "2.5", "3.4", "beat", "4.6");
  }

  @Test
  void a_client_that_does_not_keep_up_is_dropped() {
    Watcher watcher = new Watcher(null, Cursor.BEGINNING, stream, tasks::add);
    watcher.begin(List.of());
    int taken = 0;
    while (watcher.offer(event(1, taken + 1))) {
      taken++;
    }
    assertThat(taken).isEqualTo(256);
    assertThat(closed).isTrue();
    assertThat(tasks).hasSize(1);
  }

  private static Event event(long transaction, long number) {
    return new Event(
        new Cursor(transaction, number), SESSION, "processing", null, 0, null, Instant.EPOCH);
  }
}
