package fovea.api.live;

import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.SessionEvents.Cursor;
import fovea.registry.SessionEvents.Event;
import fovea.registry.SessionSignals;
import fovea.registry.SessionSignals.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the events of sessions on to whoever watches. One thread and one connection a process
 * listen to Postgres; events are read once for each organisation that has watchers, however many.
 */
public final class LiveHub implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
  private static final int AT_ONCE = 500;
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration SETTLING = Duration.ofMillis(100);
  // How long after a signal a transaction that began earlier may still hold its event back.
  private static final long UNSETTLED_NANOS = Duration.ofSeconds(10).toNanos();

  private final ApiRegistry registry;
  private final SessionSignals signals;
  private final long beatNanos;
  private final Map<UUID, Channel> channels = new ConcurrentHashMap<>();
  private final ExecutorService writers =
      Executors.newFixedThreadPool(8, work -> daemon(work, "live-writer"));
  private final Thread listener = daemon(this::listen, "live-hub");
  private volatile boolean closed;

  public LiveHub(ApiRegistry registry, Duration heartbeat) {
    this.registry = registry;
    this.signals = registry.signals();
    this.beatNanos = heartbeat.toNanos();
  }

  /** Begins to listen. */
  public void start() {
    listener.start();
  }

  /** How many watch. */
  public int watchers() {
    return channels.values().stream().mapToInt(channel -> channel.watchers.size()).sum();
  }

  ExecutorService writers() {
    return writers;
  }

  /** Adds a watcher and writes to it what it has missed. */
  void watch(Actor actor, Watcher watcher) {
    Channel channel =
        channels.compute(
            actor.organization(),
            (organization, known) -> {
              Channel here = known == null ? new Channel(actor, now(actor)) : known;
              here.watchers.add(watcher);
              return here;
            });
    List<Event> missed = read(actor, watcher);
    watcher.begin(missed);
    channel.touch();
  }

  void leave(Actor actor, Watcher watcher) {
    channels.computeIfPresent(
        actor.organization(),
        (organization, channel) -> {
          channel.watchers.remove(watcher);
          return channel.watchers.isEmpty() ? null : channel;
        });
  }

  private Cursor now(Actor actor) {
    return registry.inOrganization(actor, stores -> stores.sessionEvents().now());
  }

  private List<Event> read(Actor actor, Watcher watcher) {
    return registry.inOrganization(
        actor,
        stores -> stores.sessionEvents().after(watcher.written(), watcher.session(), AT_ONCE));
  }

  private void listen() {
    long lastBeat = System.nanoTime();
    while (!closed) {
      try {
        boolean settling = channels.values().stream().anyMatch(Channel::unsettled);
        Optional<List<Signal>> heard = signals.await(settling ? SETTLING : WAIT);
        channels.forEach((organization, channel) -> channel.hear(organization, heard));
        channels.values().stream().filter(Channel::unsettled).forEach(this::pump);
        if (System.nanoTime() - lastBeat > beatNanos) {
          lastBeat = System.nanoTime();
          channels.values().forEach(channel -> channel.watchers.forEach(Watcher::beat));
        }
      } catch (RuntimeException failed) {
        // The registry is away: signals.await has waited, and clients hear nothing for the while.
        LOG.warn("live events are late: {}", failed.getMessage());
      }
    }
  }

  private void pump(Channel channel) {
    List<Event> events =
        registry.inOrganization(
            channel.actor, stores -> stores.sessionEvents().after(channel.place, null, AT_ONCE));
    for (Event event : events) {
      channel.place = event.place();
      channel.watchers.removeIf(watcher -> !watcher.offer(event));
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    closed = true;
    // Clients come back to another process, with the last event they have.
    channels.values().forEach(channel -> channel.watchers.forEach(Watcher::close));
    try {
      listener.join(WAIT.toMillis() * 4);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    signals.close();
    writers.shutdownNow();
  }

  /** The watchers of one organisation, and how far they have been told. */
  private static final class Channel {
    private final Actor actor;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile Cursor place;
    private volatile long unsettledUntil;

    Channel(Actor actor, Cursor place) {
      this.actor = actor;
      this.place = place;
      touch();
    }

    void touch() {
      unsettledUntil = System.nanoTime() + UNSETTLED_NANOS;
    }

    void hear(UUID organization, Optional<List<Signal>> heard) {
      if (heard.isEmpty()
          || heard.get().stream().anyMatch(s -> s.organization().equals(organization))) {
        touch();
      }
    }

    boolean unsettled() {
      return System.nanoTime() - unsettledUntil < 0;
    }
  }
}
