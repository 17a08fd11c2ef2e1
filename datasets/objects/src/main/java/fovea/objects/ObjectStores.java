package fovea.objects;

final class ObjectStores {
  private ObjectStores() {}

  static ObjectStore open(ObjectStoreSettings settings) {
    throw new IllegalStateException("no store of kind " + settings.kind());
  }
}
