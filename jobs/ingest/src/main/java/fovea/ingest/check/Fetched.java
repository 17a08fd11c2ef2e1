package fovea.ingest.check;

import fovea.objects.ObjectStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes as they arrived and their SHA-256, taken once. */
record Fetched(ObjectStore.Fetched stored, String sha256) {

  static Fetched of(ObjectStore.Fetched stored) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(stored.bytes());
      return new Fetched(stored, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
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
