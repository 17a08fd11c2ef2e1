package fovea.contract.hash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4) as it is written everywhere here: 64 lower-case hexadecimal digits. */
public final class Sha256 {
  private Sha256() {}

  /** Of bytes in memory. */
  public static String of(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  /**
   * Of a file, read piece by piece.
   *
   * @throws IOException where it cannot be read
   */
  public static String of(Path file) throws IOException {
    MessageDigest digest = digest();
    try (OutputStream nowhere = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, nowhere);
    }
    return hex(digest);
  }

  /** A fresh digest, for content that comes in pieces. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Of everything a digest was given; it starts anew with that. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
