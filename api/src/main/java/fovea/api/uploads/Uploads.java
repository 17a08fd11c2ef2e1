package fovea.api.uploads;

import fovea.api.http.Answers;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.Limits;
import fovea.contract.errors.CallerMistake;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStore.Declared;
import fovea.registry.Actor;
import fovea.registry.ApiRegistry;
import fovea.registry.Arrivals;
import fovea.registry.Upload;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What uploads of images and of session files have in common: asked for, sent to the store whole or
 * in parts, declared complete. The store is asked between transactions, so that no connection waits
 * for it.
 */
public final class Uploads {
  /** Pictures, and archives of pictures, which ingest takes apart. */
  public static final List<String> IMAGES =
      Stream.concat(
              Arrays.stream(ImageFormat.values()).map(ImageFormat::mediaType),
              Stream.of("application/zip"))
          .toList();

  public static final List<String> POSES =
      List.of("application/json", "text/plain", "application/octet-stream");

  /** What the uploader takes the content for. */
  public static final Field<String> MEDIA_TYPE = Fields.text("mediaType", 100);

  /** How large the content is. */
  public static final Field<Long> BYTES = Fields.whole("bytes", 1, Long.MAX_VALUE);

  /** What the content is. */
  public static final Field<Optional<String>> SHA256 =
      Fields.sha256("sha256").meaning("Content that is known is not uploaded again").optional();

  /** What is answered of an upload in parts. */
  public static final Class<?> PARTS = Parts.PartsView.class;

  private final ApiRegistry registry;
  private final ObjectStore objects;
  private final Contents contents;
  private final Parts parts;
  private final Duration lifetime;
  private final Clock clock;

  public Uploads(ApiRegistry registry, ObjectStore objects, Duration lifetime) {
    this.registry = registry;
    this.objects = objects;
    this.contents = new Contents(objects);
    this.parts = new Parts(registry, objects, lifetime);
    this.lifetime = lifetime;
    this.clock = Clock.systemUTC();
  }

  /** The day that becomes part of object keys. */
  public LocalDate today() {
    return LocalDate.now(clock);
  }

  /** The declared size in bytes. */
  public static long bytes(Given body) {
    long bytes = body.value(BYTES);
    if (bytes > Limits.MAX_BYTES) {
      throw new CallerMistake(
          "file-too-large",
          "the file has " + bytes + " bytes, more than " + Limits.MAX_BYTES,
          "Export it smaller");
    }
    return bytes;
  }

  /** The declared media type; what the content is decides ingest. */
  public static String mediaType(Given body, List<String> allowed) {
    String mediaType = body.value(MEDIA_TYPE);
    if (!allowed.contains(mediaType)) {
      throw new CallerMistake(
          "invalid-file-type",
          "mediaType must be one of " + String.join(", ", allowed),
          "Convert the file first");
    }
    return mediaType;
  }

  /** 201 with an upload URL, or 200 where the content is there. */
  public void answer(Context context, Actor actor, Arrivals.Table table, Upload upload) {
    if (!upload.awaited()) {
      context.status(200).json(Answers.Status.of(upload));
      return;
    }
    if (upload.askedAgain()) {
      clear(actor, table, upload);
    }
    Answers.Put put =
        Answers.Put.of(objects.presignUpload(upload.key(), declared(upload), lifetime));
    context.status(201).json(new Answers.Requested(upload.id(), upload.status(), put));
  }

  /** The parts of an upload: which have arrived, and URLs for the others. */
  public void parts(Context context, Actor actor, Arrivals.Table table, Upload upload) {
    context.json(upload.awaited() ? parts.of(actor, table, upload) : Parts.arrived(upload));
  }

  /**
   * Declares an upload complete; does nothing where it was declared before.
   *
   * @throws CallerMistake where what has arrived is not what was declared; it is gone then, and may
   *     be sent again
   */
  public void complete(Actor actor, Arrivals.Table table, Upload upload) {
    if (upload.awaited()) {
      parts.join(upload);
      Optional<CallerMistake> problem = contents.problem(upload.key(), declared(upload));
      if (problem.isPresent()) {
        clear(actor, table, upload);
        throw problem.get();
      }
      registry.inOrganization(
          actor,
          stores -> {
            stores.arrivals(table).markUploaded(upload.id());
            return upload;
          });
      parts.end(upload);
    }
  }

  private static Declared declared(Upload upload) {
    return new Declared(upload.mediaType(), upload.bytes(), Optional.ofNullable(upload.sha256()));
  }

  // A URL replaces nothing, so what is wrong has to go before the right bytes can come.
  private void clear(Actor actor, Arrivals.Table table, Upload upload) {
    registry.inOrganization(
        actor,
        stores -> {
          stores
              .arrivals(table)
              .discard(
                  upload.id(), awaited -> contents.removeIfWrong(awaited.key(), declared(awaited)));
          return upload;
        });
  }
}
