package fovea.api.sessions;

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
    uploads.answer(
        context,
        registry.inOrganization(
            Access.actor(context),
            stores -> stores.sessionFiles().request(session, file, uploads.today(), mostPhotos)));
  }

  public void complete(Context context) {
    UUID session = Requests.id(context, "id", "session");
    UUID file = Requests.id(context, "file", "file");
    Actor actor = Access.actor(context);
    Upload upload = find(actor, session, file);
    if (upload.awaited()) {
      uploads.requireArrived(upload);
      registry.inOrganization(
          actor,
          stores -> {
            stores.sessionFiles().markUploaded(file);
            return file;
          });
      upload = find(actor, session, file);
    }
    context.json(Answers.Status.of(upload));
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

  private Upload find(Actor actor, UUID session, UUID file) {
    return registry
        .inOrganization(actor, stores -> stores.sessionFiles().find(session, file))
        .orElseThrow(() -> Requests.unknown("file"));
  }
}
