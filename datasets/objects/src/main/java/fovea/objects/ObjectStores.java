package fovea.objects;

import java.nio.file.Path;

final class ObjectStores {
  private ObjectStores() {}

  static ObjectStore open(ObjectStoreSettings settings) {
    return switch (settings.kind()) {
      case ObjectStoreSettings.S3 -> S3ObjectStore.open(settings);
      case ObjectStoreSettings.LOCAL -> new LocalObjectStore(Path.of(settings.endpoint()));
      default -> throw new IllegalArgumentException("no object store of kind " + settings.kind());
    };
  }
}
