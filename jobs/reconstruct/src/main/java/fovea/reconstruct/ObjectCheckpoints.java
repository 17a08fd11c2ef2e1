package fovea.reconstruct;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore;
import fovea.splat.train.Checkpoints;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A session's checkpoint in the object store, where the next worker finds it on any machine. */
record ObjectCheckpoints(ObjectStore objects, ObjectKey key, Path scratch, Duration every)
    implements Checkpoints {

  @Override
  public Optional<InputStream> open() throws IOException {
    try {
      return objects.find(key).isPresent()
          ? Optional.of(new BufferedInputStream(objects.stream(key)))
          : Optional.empty();
    } catch (RuntimeException unreachable) {
      throw new IOException("the object store did not give it", unreachable);
    }
  }

  // Whole in scratch first: a store takes files of known length, and one that came whole.
  @Override
  public void write(Content content) throws IOException {
    Path file = scratch.resolve("checkpoint");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        content.to(out);
      }
      objects.write(key, file, "application/octet-stream");
    } catch (RuntimeException unreachable) {
      throw new IOException("the object store did not take it", unreachable);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
