package fovea.catalog;

import fovea.contract.capture.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    Optional<ImageFormat> format = Optional.empty();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(HEAD);
      format = ImageFormat.sniff(head);
      digest.update(head);
      size = head.length;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        size += read;
      }
    }
    return new Bytes(size, HexFormat.of().formatHex(digest.digest()), format);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new AssertionError(everyJavaHasIt);
    }
  }
}
