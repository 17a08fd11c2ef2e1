package fovea.ingest.archive;

import fovea.contract.capture.ObjectKey;
import java.nio.file.Path;

/** Where the pictures of an archive go. */
public interface MemberStore {

  /** Writes a file, replacing any of the same key. */
  void write(ObjectKey key, Path file, String mediaType);
}
