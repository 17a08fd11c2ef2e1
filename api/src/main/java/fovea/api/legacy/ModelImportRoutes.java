package fovea.api.legacy;

import fovea.api.http.Answers;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.api.identity.Access;
import fovea.api.uploads.Contents;
import fovea.api.uploads.Uploads;
import fovea.contract.capture.ObjectKey;
import fovea.contract.model.ModelArtifact;
import fovea.contract.model.ModelFormat;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStore.Declared;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.ImportedModels.Slot;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** 3D models that were made elsewhere. */
public final class ModelImportRoutes {
  private static final Field<ModelFormat> FORMAT =
      Fields.word("format", ModelImportRoutes::format, "ply", "spz", "splat", "glb");
  private static final Field<String> SHA256 = Fields.sha256("sha256");

  public static final Operation BRING =
      Operation.of("Bring in a model: 201 with where to PUT it, 200 once it is there")
          .takes(FORMAT, Uploads.BYTES, SHA256)
          .answers(201, Brought.class)
          .answers(200, Brought.class);

  private final ApiRegistry registry;
  private final ObjectStore objects;
  private final Contents contents;
  private final Duration lifetime;

  public ModelImportRoutes(ApiRegistry registry, ObjectStore objects, Duration lifetime) {
    this.registry = registry;
    this.objects = objects;
    this.contents = new Contents(objects);
    this.lifetime = lifetime;
  }

  /**
   * Asked first, it says where to PUT the file; asked again when that is done, it registers it.
   * Nothing is kept between the two.
   */
  public void bring(Context context) {
    UUID session = Requests.id(context, "id", "session");
    Given body = BRING.body(context);
    ModelFormat format = body.value(FORMAT);
    String sha256 = body.value(SHA256);
    Declared declared = new Declared(format.mediaType(), Uploads.bytes(body), Optional.of(sha256));
    Actor actor = Access.actor(context);
    Slot slot =
        registry.inOrganization(
            actor, stores -> stores.importedModels().slot(session, format, sha256));
    ObjectKey key = key(session, slot.version(), format, sha256);
    if (!slot.taken() && objects.find(key).isEmpty()) {
      Answers.Put put = Answers.Put.of(objects.presignUpload(key, declared, lifetime));
      context.status(201).json(new Brought(slot.version(), format.word(), "requested", put));
      return;
    }
    if (!slot.taken()) {
      register(actor, session, format, key, declared);
    }
    context.json(new Brought(slot.version(), format.word(), "accepted", null));
  }

  private void register(
      Actor actor, UUID session, ModelFormat format, ObjectKey key, Declared declared) {
    contents
        .problem(key, declared)
        .ifPresent(
            problem -> {
              objects.delete(key);
              throw problem;
            });
    ModelArtifact model =
        new ModelArtifact(key, format, declared.bytes(), declared.sha256().orElseThrow());
    registry.inOrganization(
        actor,
        stores -> {
          stores.importedModels().register(session, model);
          return model;
        });
  }

  // The hash in the name keeps two files apart that are brought in at once.
  private static ObjectKey key(UUID session, int version, ModelFormat format, String sha256) {
    String file = "model-" + sha256.substring(0, 16) + "." + format.word();
    return ObjectKey.model(session, version, file);
  }

  private static Optional<ModelFormat> format(String word) {
    return Arrays.stream(ModelFormat.values())
        .filter(format -> format.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private record Brought(int version, String format, String status, Answers.@Nullable Put upload) {}
}
