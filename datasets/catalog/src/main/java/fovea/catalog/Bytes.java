package fovea.catalog;

import fovea.contract.capture.ImageFormat;
import fovea.contract.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is known of a file before it is uploaded; read as a stream, never as a whole.
 *
 * @param size in bytes
 * @param sha256 64 hexadecimal digits
 * @param format told by the first bytes, empty for anything that is not a picture
 */
record Bytes(long size, String sha256, Optional<ImageFormat> format) {
  private static final int HEAD = 132;

  static Bytes of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD);
      return new Bytes(Files.size(file), Sha256.of(file), ImageFormat.sniff(head));
    }
  }
}
