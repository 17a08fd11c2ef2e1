package fovea.registry;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Password hashes: PBKDF2-HMAC-SHA256, 600,000 rounds (OWASP Password Storage, 2023), 16 bytes of
 * salt, stored as {@code pbkdf2-sha256$rounds$salt$hash}.
 */
public final class Passwords {
  private static final String SCHEME = "pbkdf2-sha256";
  private static final int ROUNDS = 600_000;
  private static final int HASH_BITS = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  // Checked where there is no such user, so that the answer takes as long as for one who is.
  private static final String NOBODY =
      SCHEME + "$" + ROUNDS + "$AAAAAAAAAAAAAAAAAAAAAA==$" + "A".repeat(43) + "=";

  private Passwords() {}

  /** A fresh salted hash. */
  public static String hash(String password) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    return String.join(
        "$",
        SCHEME,
        Integer.toString(ROUNDS),
        Base64.getEncoder().encodeToString(salt),
        Base64.getEncoder().encodeToString(derive(password, salt, ROUNDS)));
  }

  /**
   * Whether the password has this hash; takes the same time for every wrong one.
   *
   * @param hash empty where there is no such user: then the answer is no, after the same time
   */
  public static boolean matches(String password, Optional<String> hash) {
    List<String> parts = List.of(hash.orElse(NOBODY).split("\\$", -1));
    if (parts.size() != 4 || !parts.get(0).equals(SCHEME)) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts.get(2));
    byte[] expected = Base64.getDecoder().decode(parts.get(3));
    byte[] found = derive(password, salt, Integer.parseInt(parts.get(1)));
    return MessageDigest.isEqual(expected, found) && hash.isPresent();
  }

  private static byte[] derive(String password, byte[] salt, int rounds) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      spec.clearPassword();
    }
  }
}
