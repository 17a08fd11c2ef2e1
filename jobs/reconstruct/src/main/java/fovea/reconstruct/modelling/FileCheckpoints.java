package fovea.reconstruct.modelling;

import fovea.splat.train.Checkpoints;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A checkpoint in a file, for a training without the platform. */
public final class FileCheckpoints implements Checkpoints {
  private final Path file;

  /** In this file, whose folder must exist. */
  public FileCheckpoints(Path file) {
    this.file = file;
  }

  @Override
  public Optional<InputStream> open() throws IOException {
    return Files.exists(file)
        ? Optional.of(new BufferedInputStream(Files.newInputStream(file)))
        : Optional.empty();
  }

  @Override
  public void write(Content content) throws IOException {
    Path partial = Files.createTempFile(file.toAbsolutePath().getParent(), ".checkpoint", ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
        content.to(out);
      }
      Files.move(
          partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Takes it away: there is a model now. */
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
