package fovea.api.sessions;

import fovea.contract.capture.ObjectKey;
import fovea.contract.model.ModelFormat;
import fovea.objects.ObjectStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Where models are fetched: from the CDN where there is one, else by signed URL. */
public final class ModelUrls {
  private final ObjectStore objects;
  private final Optional<Cdn> cdn;
  private final Duration lifetime;
  private final Clock clock = Clock.systemUTC();

  public ModelUrls(ObjectStore objects, Optional<Cdn> cdn, Duration lifetime) {
    this.objects = objects;
    this.cdn = cdn;
    this.lifetime = lifetime;
  }

  public URI of(ObjectKey key) {
    return cdn.map(edge -> edge.url(key, clock.instant()))
        .orElseGet(() -> objects.presignDownload(key, mediaType(key), lifetime));
  }

  /** What a model's file is served as. */
  static String mediaType(ObjectKey key) {
    return Arrays.stream(ModelFormat.values())
        .filter(format -> key.path().endsWith("." + format.word()))
        .map(ModelFormat::mediaType)
        .findFirst()
        .orElse("application/octet-stream");
  }
}
