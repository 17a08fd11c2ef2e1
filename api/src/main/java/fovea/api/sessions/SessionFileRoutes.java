package fovea.api.sessions;

import static fovea.registry.Arrivals.Table.SESSION_FILES;

import fovea.api.http.Answers;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.api.uploads.Uploads;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.SessionFile;
import fovea.registry.SessionFiles.NewFile;
import fovea.registry.Upload;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Photographs and poses of sessions. */
public final class SessionFileRoutes {
  private static final Field<String> KIND = Fields.oneOf("kind", List.of("photo", "poses"));
  private static final Field<String> NAME =
      Fields.text("name", 100)
          .reading(
              SessionFileRoutes::plain, "may have letters, digits, dots, spaces, - and _ only");

  public static final Operation REQUEST =
      Operation.of("Ask to upload a file: 201 with where to PUT it, 200 where it is there")
          .takes(KIND, NAME, Uploads.MEDIA_TYPE, Uploads.BYTES, Uploads.SHA256)
          .answers(201, Answers.Requested.class)
          .answers(200, Answers.Status.class);
  public static final Operation COMPLETE =
      Operation.of("Say that a file was uploaded").answers(200, Answers.Status.class);

  public static final Operation PARTS =
      Operation.of("Begin or resume an upload in parts: which have arrived, URLs for the others")
          .answers(200, Uploads.PARTS);
  public static final Operation LIST =
      Operation.of("List a session's files, each with its verdict and what to do")
          .answers(200, FileList.class);

  private final ApiRegistry registry;
  private final Uploads uploads;
  private final int mostPhotos;

  public SessionFileRoutes(ApiRegistry registry, Uploads uploads, int mostPhotos) {
    this.registry = registry;
    this.uploads = uploads;
    this.mostPhotos = mostPhotos;
  }

  public void request(Context context) {
    UUID session = Requests.id(context, "id", "session");
    NewFile file = file(REQUEST.body(context));
    Actor actor = Access.actor(context);
    Upload upload =
        registry.inOrganization(
            actor,
            stores -> stores.sessionFiles().request(session, file, uploads.today(), mostPhotos));
    uploads.answer(context, actor, SESSION_FILES, upload);
  }

  public void parts(Context context) {
    Actor actor = Access.actor(context);
    uploads.parts(context, actor, SESSION_FILES, find(context, actor));
  }

  public void complete(Context context) {
    Actor actor = Access.actor(context);
    uploads.complete(actor, SESSION_FILES, find(context, actor));
    context.json(Answers.Status.of(find(context, actor)));
  }

  public void list(Context context) {
    UUID session = Requests.id(context, "id", "session");
    List<SessionFile> files =
        registry.inOrganization(
            Access.actor(context),
            stores -> {
              if (stores.sessions().find(session).isEmpty()) {
                throw Requests.unknown("session");
              }
              return stores.sessionFiles().all(session);
            });
    context.json(new FileList(files));
  }

  private static NewFile file(Given body) {
    String kind = body.value(KIND);
    return new NewFile(
        kind,
        body.value(NAME),
        Uploads.mediaType(body, kind.equals("photo") ? Uploads.IMAGES : Uploads.POSES),
        Uploads.bytes(body),
        body.value(Uploads.SHA256).orElse(null));
  }

  private static Optional<String> plain(String name) {
    return Optional.of(name).filter(n -> n.matches("[A-Za-z0-9._ -]{1,100}") && !n.matches("\\.+"));
  }

  private Upload find(Context context, Actor actor) {
    UUID session = Requests.id(context, "id", "session");
    UUID file = Requests.id(context, "file", "file");
    return registry
        .inOrganization(actor, stores -> stores.sessionFiles().find(session, file))
        .orElseThrow(() -> Requests.unknown("file"));
  }

  private record FileList(List<SessionFile> files) {}
}
