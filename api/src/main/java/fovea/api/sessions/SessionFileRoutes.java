package fovea.api.sessions;

import fovea.api.http.Answers;
import fovea.api.http.Body;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.api.uploads.Uploads;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.SessionFiles.NewFile;
import fovea.registry.Upload;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Photographs and poses of sessions. */
public final class SessionFileRoutes {
  private static final Set<String> KINDS = Set.of("photo", "poses");

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
    NewFile file = file(Body.of(context, "kind", "name", "mediaType", "bytes", "sha256"));
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

  private static NewFile file(Body body) {
    String kind = body.word("kind", SessionFileRoutes::kind, "photo, poses");
    String name = body.text("name", 100);
    if (!name.matches("[A-Za-z0-9._ -]{1,100}") || name.matches("\\.+")) {
      throw Body.bad("name", "may have letters, digits, dots, spaces, - and _ only");
    }
    return new NewFile(
        kind,
        name,
        Uploads.mediaType(body, kind.equals("photo") ? Uploads.IMAGES : Uploads.POSES),
        Uploads.bytes(body),
        body.optionalSha256("sha256"));
  }

  private static Optional<String> kind(String word) {
    return Optional.of(word).filter(KINDS::contains);
  }

  private Upload find(Actor actor, UUID session, UUID file) {
    return registry
        .inOrganization(actor, stores -> stores.sessionFiles().find(session, file))
        .orElseThrow(() -> Requests.unknown("file"));
  }
}
