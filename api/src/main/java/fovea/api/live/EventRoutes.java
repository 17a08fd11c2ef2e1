package fovea.api.live;

import fovea.api.http.Operation;
import fovea.api.http.Refusal;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.SessionEvents.Cursor;
import fovea.registry.SessionEvents.Event;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as server-sent events: {@code event: session}, its place as {@code id}, the step as
 * JSON. Who comes back with {@code Last-Event-ID} misses nothing and hears nothing twice.
 */
public final class EventRoutes {
  public static final Operation OF_SESSION =
      Operation.of("Watch a session: server-sent events, each a step")
          .answers(200, "text/event-stream", SessionStep.class);

  public static final Operation OF_ORGANIZATION =
      Operation.of("Watch every session of the organisation: server-sent events")
          .answers(200, "text/event-stream", SessionStep.class);

  private static final int MOST_WATCHERS = 500;

  private final ApiRegistry registry;
  private final LiveHub hub;

  public EventRoutes(ApiRegistry registry, LiveHub hub) {
    this.registry = registry;
    this.hub = hub;
  }

  /** One session: without {@code Last-Event-ID} from its first step. */
  public void ofSession(Context context) {
    UUID session = Requests.id(context, "id", "session");
    Actor actor = Access.actor(context);
    registry.inOrganization(
        actor,
        stores -> {
          if (stores.sessions().find(session).isEmpty()) {
            throw Requests.unknown("session");
          }
          stores.audit().record("watch_session", "sessions", session);
          return session;
        });
    open(context, actor, session, last(context).orElse(Cursor.BEGINNING));
  }

  /** Every session of the organisation: without {@code Last-Event-ID} from now on. */
  public void ofOrganization(Context context) {
    Actor actor = Access.actor(context);
    Cursor now =
        registry.inOrganization(
            actor,
            stores -> {
              stores.audit().record("watch_sessions", "sessions", null);
              return stores.sessionEvents().now();
            });
    open(context, actor, null, last(context).orElse(now));
  }

  private void open(Context context, Actor actor, @Nullable UUID session, Cursor from) {
    if (hub.watchers() >= MOST_WATCHERS) {
      context.header("Retry-After", "30");
      throw Refusal.tooManyRequests("streams");
    }
    context.status(200).contentType("text/event-stream");
    // Proxies such as nginx would keep events back until a buffer is full.
    context.header("X-Accel-Buffering", "no");
    SseClient client = new SseClient(context);
    client.keepAlive();
    Watcher watcher = new Watcher(session, from, new SseStream(client), hub.writers());
    client.onClose(() -> hub.leave(actor, watcher));
    hub.watch(actor, watcher);
  }

  private static Optional<Cursor> last(Context context) {
    String id = context.header("Last-Event-ID");
    if (id == null) {
      return Optional.empty();
    }
    return Optional.of(
        Cursor.parse(id)
            .orElseThrow(
                () ->
                    Requests.badParameter(
                        "Last-Event-ID", "is no id of an event", "Leave it out to begin anew")));
  }

  /** A client over HTTP. */
  private record SseStream(SseClient client) implements Watcher.Stream {
    @Override
    public void send(Event event) {
      SessionStep step =
          new SessionStep(
              event.session(),
              event.status(),
              event.stage(),
              event.percent(),
              event.failureReason(),
              event.at());
      client.sendEvent("session", step, event.place().toString());
    }

    @Override
    public void beat() {
      client.sendComment("still here");
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private record SessionStep(
      UUID session,
      String status,
      @Nullable String stage,
      int percent,
      @Nullable String failureReason,
      Instant at) {}
}
