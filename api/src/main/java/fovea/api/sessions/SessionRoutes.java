package fovea.api.sessions;

import fovea.api.http.Answers;
import fovea.api.http.Body;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.contract.capture.ObjectKey;
import fovea.contract.session.SessionStatus;
import fovea.registry.ApiRegistry;
import fovea.registry.Made;
import fovea.registry.Session;
import fovea.registry.SessionFiles.Advised;
import fovea.registry.SessionFiles.Rejected;
import fovea.registry.Sessions.NewSession;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Photo sessions: made, submitted, watched. */
public final class SessionRoutes {
  private static final int MOST_METADATA = 16_384;
  private static final int MOST_IN_PAGE = 200;

  private final ApiRegistry registry;
  private final ModelUrls urls;

  public SessionRoutes(ApiRegistry registry, ModelUrls urls) {
    this.registry = registry;
    this.urls = urls;
  }

  public void create(Context context) {
    Body body = Body.of(context, "sessionId", "patientId", "patientName", "metadata");
    NewSession session =
        new NewSession(
            body.optionalText("sessionId", 255),
            body.optionalText("patientId", 255),
            body.optionalText("patientName", 255),
            body.optionalObject("metadata", MOST_METADATA));
    registry.inOrganization(
        Access.actor(context),
        stores -> {
          Made made = stores.sessions().create(session);
          Session found = stores.sessions().find(made.id()).orElseThrow();
          return context.status(Answers.made(made)).json(Brief.of(found));
        });
  }

  public void submit(Context context) {
    UUID id = Requests.id(context, "id", "session");
    Session submitted =
        registry.inOrganization(Access.actor(context), stores -> stores.sessions().submit(id));
    context.json(new Answers.Status(submitted.id(), submitted.status()));
  }

  public void cancel(Context context) {
    UUID id = Requests.id(context, "id", "session");
    Session withdrawn =
        registry.inOrganization(Access.actor(context), stores -> stores.sessions().cancel(id));
    context.status(202).json(new Answers.Status(withdrawn.id(), withdrawn.status()));
  }

  public void show(Context context) {
    UUID id = Requests.id(context, "id", "session");
    View view =
        registry.inOrganization(
            Access.actor(context),
            stores ->
                view(
                    stores.sessions().find(id).orElseThrow(() -> Requests.unknown("session")),
                    stores.sessionFiles().rejected(id),
                    stores.sessionFiles().advised(id)));
    context.json(view);
  }

  public void list(Context context) {
    SessionStatus status = status(context.queryParam("status"));
    int limit = limit(context.queryParam("limit"));
    UUID after = after(context.queryParam("after"));
    List<Session> page =
        registry.inOrganization(
            Access.actor(context), stores -> stores.sessions().page(status, limit, after));
    UUID next = page.size() < limit ? null : page.get(page.size() - 1).id();
    context.json(new Page(page.stream().map(session -> view(session, null, null)).toList(), next));
  }

  private View view(
      Session session, @Nullable List<Rejected> rejected, @Nullable List<Advised> advised) {
    return new View(
        session.id(),
        session.sessionId(),
        session.status(),
        session.stage(),
        session.percent(),
        session.failureReason(),
        session.modelKey() == null ? null : urls.of(new ObjectKey(session.modelKey())),
        session.modelFormat(),
        session.createdAt(),
        session.completedAt(),
        session.photos(),
        rejected,
        advised);
  }

  private static @Nullable SessionStatus status(@Nullable String word) {
    try {
      return word == null ? null : SessionStatus.of(word);
    } catch (IllegalArgumentException unknown) {
      throw Requests.badParameter(
          "status", "is no status of a session", "Give one such as uploaded or completed");
    }
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return 50;
    }
    if (!text.matches("[0-9]{1,3}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > MOST_IN_PAGE) {
      throw Requests.badParameter(
          "limit", "must be from 1 to " + MOST_IN_PAGE, "Follow next for more");
    }
    return Integer.parseInt(text);
  }

  private static @Nullable UUID after(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw Requests.badParameter(
          "after", "is not what a page gave as next", "Begin without it for the first page");
    }
  }

  private record Brief(UUID id, String sessionId, String status) {
    static Brief of(Session session) {
      return new Brief(session.id(), session.sessionId(), session.status());
    }
  }

  private record Page(List<View> sessions, @Nullable UUID next) {}

  private record View(
      UUID id,
      String sessionId,
      String status,
      @Nullable String stage,
      int percent,
      @Nullable String failureReason,
      @Nullable URI modelUrl,
      @Nullable String modelFormat,
      Instant createdAt,
      @Nullable Instant completedAt,
      int photos,
      @Nullable List<Rejected> rejected,
      @Nullable List<Advised> advised) {}
}
