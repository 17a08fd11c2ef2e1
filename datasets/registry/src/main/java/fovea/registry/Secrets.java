package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import fovea.contract.hash.Sha256;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Tokens that only their holder knows: here they are kept by their SHA-256. */
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** 256 random bits after a prefix that tells what they open. */
  static String token(String prefix) {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] hash(String secret) {
    return Sha256.digest().digest(secret.getBytes(UTF_8));
  }

  static String hex(String secret) {
    return HexFormat.of().formatHex(hash(secret));
  }
}
