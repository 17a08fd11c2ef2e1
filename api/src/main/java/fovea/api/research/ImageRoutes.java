package fovea.api.research;

import static fovea.registry.Arrivals.Table.FUNDUS_IMAGES;

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
  public static final Operation PARTS =
      Operation.of("Begin or resume an upload in parts: which have arrived, URLs for the others")
          .answers(200, Uploads.PARTS);
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
    Actor actor = Access.actor(context);
    Upload upload =
        registry.inOrganization(
            actor, stores -> stores.images().request(eye, image, uploads.today()));
    uploads.answer(context, actor, FUNDUS_IMAGES, upload);
  }

  public void parts(Context context) {
    Actor actor = Access.actor(context);
    uploads.parts(context, actor, FUNDUS_IMAGES, find(actor, Requests.id(context, "id", "image")));
  }

  public void complete(Context context) {
    UUID id = Requests.id(context, "id", "image");
    Actor actor = Access.actor(context);
    uploads.complete(actor, FUNDUS_IMAGES, find(actor, id));
    context.json(Answers.Status.of(find(actor, id)));
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
