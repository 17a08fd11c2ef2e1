package fovea.api.sessions;

import fovea.api.http.Answers;
import fovea.api.http.Cursor;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.http.Tags;
import fovea.api.identity.Access;
import fovea.contract.capture.ObjectKey;
import fovea.contract.session.SessionStatus;
import fovea.registry.ApiRegistry;
import fovea.registry.Made;
import fovea.registry.Page;
import fovea.registry.PageRequest;
import fovea.registry.Session;
import fovea.registry.SessionFiles.Advised;
import fovea.registry.SessionFiles.Rejected;
import fovea.registry.Sessions.Filter;
import fovea.registry.Sessions.NewSession;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Photo sessions: made, submitted, watched. */
public final class SessionRoutes {
  private static final int MOST_METADATA = 16_384;

  private static final Field<Optional<String>> SESSION_ID =
      Fields.text("sessionId", 255).meaning("What the uploader calls it").optional();
  private static final Field<Optional<String>> PATIENT_ID =
      Fields.text("patientId", 255).optional();
  private static final Field<Optional<String>> PATIENT_NAME =
      Fields.text("patientName", 255).meaning("Kept encrypted").optional();
  private static final Field<Optional<String>> METADATA =
      Fields.object("metadata", MOST_METADATA).optional();
  private static final List<String> STATUSES =
      Arrays.stream(SessionStatus.values()).map(SessionStatus::word).toList();
  private static final Field<Optional<SessionStatus>> STATUS =
      Fields.oneOf("status", STATUSES)
          .reading(
              word -> Optional.of(SessionStatus.of(word)),
              "must be one of " + String.join(", ", STATUSES))
          .optional();
  private static final Field<Integer> LIMIT = Cursor.limit(50, 200);

  public static final Operation CREATE =
      Operation.of("Make a session, or find the one of the same session id")
          .takes(SESSION_ID, PATIENT_ID, PATIENT_NAME, METADATA)
          .answers(201, Brief.class)
          .answers(200, Brief.class);
  public static final Operation LIST =
      Operation.of("List sessions, the newest first")
          .asks(STATUS, SESSION_ID, Cursor.FROM, Cursor.UNTIL, LIMIT, Cursor.AFTER)
          .answers(200, SessionList.class);
  public static final Operation SHOW =
      Operation.of("Show a session, its model, and what is wrong with its photographs")
          .answers(200, View.class);
  public static final Operation SUBMIT =
      Operation.of("Declare a session complete").answers(200, Answers.Status.class);
  public static final Operation CANCEL =
      Operation.of("Withdraw a session").answers(202, Answers.Status.class);

  private final ApiRegistry registry;
  private final ModelUrls urls;

  public SessionRoutes(ApiRegistry registry, ModelUrls urls) {
    this.registry = registry;
    this.urls = urls;
  }

  public void create(Context context) {
    Given body = CREATE.body(context);
    NewSession session =
        new NewSession(
            body.value(SESSION_ID).orElse(null),
            body.value(PATIENT_ID).orElse(null),
            body.value(PATIENT_NAME).orElse(null),
            body.value(METADATA).orElse(null));
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
                    stores.sessionFiles().counts(id),
                    stores.sessionFiles().rejected(id),
                    stores.sessionFiles().advised(id)));
    Tags.answer(context, view, "modelUrl");
  }

  public void list(Context context) {
    Given query = LIST.query(context);
    Filter filter = new Filter(query.value(STATUS), query.value(SESSION_ID), Cursor.period(query));
    PageRequest request = Cursor.request(query, LIMIT);
    Page<View> page =
        registry
            .inOrganization(
                Access.actor(context), stores -> stores.sessions().page(filter, request))
            .map(session -> view(session, null, null, null));
    context.json(new SessionList(page.items(), Cursor.next(page)));
  }

  private View view(
      Session session,
      @Nullable Map<String, Integer> files,
      @Nullable List<Rejected> rejected,
      @Nullable List<Advised> advised) {
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
        files,
        rejected,
        advised);
  }

  private record Brief(UUID id, String sessionId, String status) {
    static Brief of(Session session) {
      return new Brief(session.id(), session.sessionId(), session.status());
    }
  }

  private record SessionList(List<View> sessions, @Nullable String next) {}

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
      @Nullable Map<String, Integer> files,
      @Nullable List<Rejected> rejected,
      @Nullable List<Advised> advised) {}
}
