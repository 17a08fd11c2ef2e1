package fovea.api.live;

import fovea.registry.SessionEvents.Cursor;
import fovea.registry.SessionEvents.Event;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One client of a stream. Events wait in a short queue and are written by one thread at a time; a
 * client that lets the queue fill up is dropped, and goes on later from the last event it has.
 */
final class Watcher {
  private static final int MOST_WAITING = 256;

  private final @Nullable UUID session;
  private final Stream stream;
  private final Executor writers;
  private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  // Busy until what came before is written.
  private final AtomicBoolean busy = new AtomicBoolean(true);
  private volatile Cursor written;

  /**
   * @param session only its events; null for all of the organisation
   * @param from the last event that the client has
   */
  Watcher(@Nullable UUID session, Cursor from, Stream stream, Executor writers) {
    this.session = session;
    this.written = from;
    this.stream = stream;
    this.writers = writers;
  }

  @Nullable UUID session() {
    return session;
  }

  Cursor written() {
    return written;
  }

  /** Takes an event; false where the client is too slow and was dropped. */
  boolean offer(Event event) {
    if (session != null && !session.equals(event.session())) {
      return true;
    }
    if (!waiting.offer(event)) {
      stream.close();
      return false;
    }
    schedule();
    return true;
  }

  /** Writes what came before the watcher was there, and from now on what comes. */
  void begin(List<Event> before) {
    before.forEach(this::write);
    busy.set(false);
    schedule();
  }

  /** Says that nothing has happened, which finds out clients that are gone. */
  void beat() {
    writers.execute(
        () -> {
          if (busy.compareAndSet(false, true)) {
            stream.beat();
            busy.set(false);
            schedule();
          }
        });
  }

  /** Ends the stream. */
  void close() {
    stream.close();
  }

  private void schedule() {
    if (!waiting.isEmpty() && busy.compareAndSet(false, true)) {
      writers.execute(this::drain);
    }
  }

  private void drain() {
    for (Event event = waiting.poll(); event != null; event = waiting.poll()) {
      write(event);
    }
    busy.set(false);
    // Whoever offered between the last poll and the flag found the watcher busy.
    schedule();
  }

  private void write(Event event) {
    if (event.place().compareTo(written) > 0) {
      stream.send(event);
      written = event.place();
    }
  }

  /** The way to a client; neither method throws. */
  interface Stream {
    void send(Event event);

    void beat();

    void close();
  }
}
