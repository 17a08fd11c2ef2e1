package fovea.reconstruct.modelling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes reports whole or not at all. */
final class ReportFiles {
  private ReportFiles() {}

  static void write(Path file, String text) throws IOException {
    Path partial = Files.createTempFile(file.toAbsolutePath().getParent(), ".report", ".part");
    try {
      Files.writeString(partial, text);
      Files.move(
          partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
