package fovea.splat.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a training leaves what it needs to go on after a stop. Streams, not bytes: 500,000
 * Gaussians with their moments are 350 MB.
 */
public interface Checkpoints {

  /** The last one that was written whole; empty where there is none. The caller closes it. */
  Optional<InputStream> open() throws IOException;

  /**
   * Keeps one, in the place of the one before. A write that fails must leave the one before: the
   * trainer warns and goes on.
   *
   * @throws IOException where it could not be kept, or {@code content} could not be written
   */
  void write(Content content) throws IOException;

  /** How much work a stop may cost; a trainer keeps one as often, unless that is slow. */
  default Duration every() {
    return Duration.ofSeconds(30);
  }

  /** Keeps nothing. */
  static Checkpoints none() {
    return NoCheckpoints.ONLY;
  }

  /** What there is to keep. */
  interface Content {
    /** Writes it; does not close the stream. May be called again, as by a second attempt. */
    void to(OutputStream out) throws IOException;
  }
}
