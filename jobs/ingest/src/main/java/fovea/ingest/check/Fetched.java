package fovea.ingest.check;

import fovea.contract.hash.Sha256;
import fovea.objects.ObjectStore;

/** Bytes as they arrived and their SHA-256, taken once. */
record Fetched(ObjectStore.Fetched stored, String sha256) {

  static Fetched of(ObjectStore.Fetched stored) {
    return new Fetched(stored, Sha256.of(stored.bytes()));
  }

  byte[] content() {
    return stored.bytes();
  }

  /** Whether size and hash, where one was declared, are as the uploader said. */
  boolean asDeclared(Upload upload) {
    return content().length == upload.bytes()
        && (upload.sha256().isEmpty() || upload.sha256().get().equals(sha256));
  }

  /** Whether one read is enough to believe it; the store's hash is asked only without a better. */
  boolean isTrusted(Upload upload) {
    return asDeclared(upload) && (upload.sha256().isPresent() || stored.isAsStored());
  }
}
