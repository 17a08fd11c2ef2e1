package fovea.api.sessions;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where models are fetched: from the CDN where there is one, else by signed URL. */
public final class ModelUrls {
  private final ObjectStore objects;
  private final Optional<URI> cdn;
  private final Duration lifetime;

  public ModelUrls(ObjectStore objects, Optional<URI> cdn, Duration lifetime) {
    this.objects = objects;
    this.cdn = cdn;
    this.lifetime = lifetime;
  }

  public URI of(ObjectKey key) {
    return cdn.map(base -> URI.create(base + "/" + key.path()))
        .orElseGet(() -> objects.presignDownload(key, lifetime));
  }
}
