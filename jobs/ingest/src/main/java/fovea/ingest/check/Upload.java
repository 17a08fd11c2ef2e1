package fovea.ingest.check;

import fovea.contract.capture.ObjectKey;
import java.util.Optional;

/**
 * What the uploader declared.
 *
 * @param bytes declared size
 * @param sha256 declared hash, lower-case hexadecimal
 */
public record Upload(Kind kind, ObjectKey key, long bytes, Optional<String> sha256) {

  /** What an upload is meant to be. */
  public enum Kind {
    /** A retinal photograph. */
    FUNDUS,
    /** A photograph of a session. */
    PHOTO,
    /** The camera poses of a session. */
    POSES
  }
}
