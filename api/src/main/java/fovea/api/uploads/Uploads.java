package fovea.api.uploads;

import fovea.api.http.Answers;
import fovea.api.http.Field;
import fovea.api.http.Fields;
import fovea.api.http.Given;
import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.Limits;
import fovea.contract.errors.CallerMistake;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStore.StoredObject;
import fovea.registry.Upload;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What uploads of images and of session files have in common. */
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

  private final ObjectStore objects;
  private final Duration lifetime;
  private final Clock clock;

  public Uploads(ObjectStore objects, Duration lifetime) {
    this.objects = objects;
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
  public void answer(Context context, Upload upload) {
    if (!upload.awaited()) {
      context.status(200).json(Answers.Status.of(upload));
      return;
    }
    Answers.Put put =
        Answers.Put.of(
            objects.presignUpload(upload.key(), upload.mediaType(), upload.bytes(), lifetime));
    context.status(201).json(new Answers.Requested(upload.id(), upload.status(), put));
  }

  /** Makes sure that what was declared has arrived. */
  public void requireArrived(Upload upload) {
    StoredObject stored =
        objects
            .find(upload.key())
            .orElseThrow(
                () ->
                    new CallerMistake(
                        "upload-missing",
                        "the content has not arrived",
                        "PUT it to the upload URL, then complete"));
    if (stored.bytes() != upload.bytes()) {
      throw new CallerMistake(
          "upload-size-differs",
          stored.bytes() + " bytes arrived where " + upload.bytes() + " were declared",
          "Upload the whole file again");
    }
  }
}
