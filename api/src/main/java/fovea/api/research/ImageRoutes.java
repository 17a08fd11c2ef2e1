package fovea.api.research;

import fovea.api.http.Answers;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.http.Tags;
import fovea.api.identity.Access;
import fovea.api.uploads.Uploads;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Images.NewImage;
import fovea.registry.Upload;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.UUID;

/** Retinal photographs: asked for, uploaded past the API, completed, judged. */
public final class ImageRoutes {
  private static final Field<Optional<String>> CAMERA = Fields.text("camera", 100).optional();
  private static final Field<Optional<Integer>> GRADE =
      Fields.integer("drGrade", 0, 4).meaning("Grade of diabetic retinopathy").optional();
  private static final Field<Optional<String>> DIAGNOSIS = Fields.text("diagnosis", 255).optional();

  public static final Operation REQUEST =
      Operation.of("Ask to upload a photograph: 201 with where to PUT it, 200 where it is there")
          .takes(Uploads.MEDIA_TYPE, Uploads.BYTES, Uploads.SHA256, CAMERA, GRADE, DIAGNOSIS)
          .answers(201, Answers.Requested.class)
          .answers(200, Answers.Status.class);
  public static final Operation COMPLETE =
      Operation.of("Say that a photograph was uploaded").answers(200, Answers.Status.class);
  public static final Operation SHOW =
      Operation.of("Show what became of a photograph").answers(200, Answers.Verdict.class);

  private final ApiRegistry registry;
  private final Uploads uploads;

  public ImageRoutes(ApiRegistry registry, Uploads uploads) {
    this.registry = registry;
    this.uploads = uploads;
  }

  public void request(Context context) {
    UUID eye = Requests.id(context, "id", "eye");
    Given body = REQUEST.body(context);
    NewImage image =
        new NewImage(
            Uploads.mediaType(body, Uploads.IMAGES),
            Uploads.bytes(body),
            body.value(Uploads.SHA256).orElse(null),
            body.value(CAMERA).orElse(null),
            body.value(GRADE).orElse(null),
            body.value(DIAGNOSIS).orElse(null));
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
    Tags.answer(context, Answers.Verdict.of(find(Access.actor(context), id)));
  }

  private Upload find(Actor actor, UUID id) {
    return registry
        .inOrganization(actor, stores -> stores.images().find(id))
        .orElseThrow(() -> Requests.unknown("image"));
  }
}
