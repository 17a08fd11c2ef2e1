package fovea.api.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.api.http.Operation;
import fovea.api.http.Requests;
import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import io.javalin.http.Context;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells the edge where a model lies that it does not have yet: nginx follows {@code
 * X-Accel-Redirect} to the store, keeps the file, and asks no more. Who may fetch a model was
 * decided when its URL was signed.
 */
public final class EdgeRoutes {
  public static final Operation LOCATE =
      Operation.of("Tell the edge, and nobody else, where a model lies")
          .answers(200, "application/octet-stream", String.class);

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final ObjectStore objects;
  private final Optional<String> secret;

  public EdgeRoutes(ObjectStore objects, Optional<String> secret) {
    this.objects = objects;
    this.secret = secret;
  }

  /** For the holder of the edge's secret; nobody else learns that there is such a route. */
  public void locate(Context context) {
    byte[] given = String.valueOf(context.header("X-Edge-Secret")).getBytes(UTF_8);
    if (secret.isEmpty() || !MessageDigest.isEqual(secret.get().getBytes(UTF_8), given)) {
      throw Requests.unknown("model");
    }
    ObjectKey key = key(context);
    String file = context.pathParam("file");
    URI store = objects.presignDownload(key, ModelUrls.mediaType(key), LIFETIME);
    // No text: else a charset is added to its type.
    context.res().setCharacterEncoding(null);
    context
        .contentType(ModelUrls.mediaType(key))
        .header("Content-Disposition", "attachment; filename=\"" + file + "\"")
        .header("X-Accel-Redirect", "/store" + store.getRawPath() + "?" + store.getRawQuery());
  }

  private static ObjectKey key(Context context) {
    UUID session = Requests.id(context, "id", "model");
    try {
      int version = Integer.parseInt(context.pathParam("version"));
      return ObjectKey.model(session, version, context.pathParam("file"));
    } catch (IllegalArgumentException noneOfOurs) {
      throw Requests.unknown("model");
    }
  }
}
