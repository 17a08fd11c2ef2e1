package fovea.api.research;

import fovea.api.http.Answers;
import fovea.api.http.Body;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.api.uploads.Uploads;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Images.NewImage;
import fovea.registry.Upload;
import io.javalin.http.Context;
import java.util.UUID;

/** Retinal photographs: asked for, uploaded past the API, completed, judged. */
public final class ImageRoutes {
  private final ApiRegistry registry;
  private final Uploads uploads;

  public ImageRoutes(ApiRegistry registry, Uploads uploads) {
    this.registry = registry;
    this.uploads = uploads;
  }

  public void request(Context context) {
    UUID eye = Requests.id(context, "id", "eye");
    Body body = Body.of(context, "mediaType", "bytes", "sha256", "camera", "drGrade", "diagnosis");
    NewImage image =
        new NewImage(
            Uploads.mediaType(body, Uploads.IMAGES),
            Uploads.bytes(body),
            body.optionalSha256("sha256"),
            body.optionalText("camera", 100),
            body.optionalInteger("drGrade", 0, 4),
            body.optionalText("diagnosis", 255));
    uploads.answer(
        context,
        registry.inOrganization(
            Access.actor(context), stores -> stores.images().request(eye, image, uploads.today())));
  }

  // The object store is asked between two transactions: no connection waits for it.
  public void complete(Context context) {
    UUID id = Requests.id(context, "id", "image");
    Actor actor = Access.actor(context);
    Upload upload = find(actor, id);
    if (upload.awaited()) {
      uploads.requireArrived(upload);
      registry.inOrganization(
          actor,
          stores -> {
            stores.images().markUploaded(id);
            return id;
          });
      upload = find(actor, id);
    }
    context.json(Answers.Status.of(upload));
  }

  public void show(Context context) {
    UUID id = Requests.id(context, "id", "image");
    context.json(Answers.Verdict.of(find(Access.actor(context), id)));
  }

  private Upload find(Actor actor, UUID id) {
    return registry
        .inOrganization(actor, stores -> stores.images().find(id))
        .orElseThrow(() -> Requests.unknown("image"));
  }
}
