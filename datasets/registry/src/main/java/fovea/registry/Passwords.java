package fovea.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Password hashes: Argon2id (RFC 9106) with 19 MiB, two passes and one lane (OWASP Password
 * Storage, 2023), 16 bytes of salt, stored as {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}.
 */
public final class Passwords {
  private static final String SCHEME = "$argon2id$v=19$m=19456,t=2,p=1$";
  private static final int KIB = 19_456;
  private static final int PASSES = 2;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  // Checked where there is no such user, so that the answer takes as long as for one who is.
  private static final String NOBODY = SCHEME + "A".repeat(22) + "$" + "A".repeat(43);

  private Passwords() {}

  /** A fresh salted hash. */
  public static String hash(String password) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    return SCHEME
        + ENCODER.encodeToString(salt)
        + "$"
        + ENCODER.encodeToString(derive(password, salt));
  }

  /**
   * Whether the password has this hash; takes the same time for every wrong one.
   *
   * @param hash empty where there is no such user: then the answer is no, after the same time
   */
  public static boolean matches(String password, Optional<String> hash) {
    String known = hash.filter(text -> text.startsWith(SCHEME)).orElse(NOBODY);
    String[] parts = known.substring(SCHEME.length()).split("\\$", -1);
    byte[] found = derive(password, Base64.getDecoder().decode(parts[0]));
    return MessageDigest.isEqual(Base64.getDecoder().decode(parts[1]), found)
        && !known.equals(NOBODY);
  }

  private static byte[] derive(String password, byte[] salt) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(KIB)
            .withIterations(PASSES)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(UTF_8), hash);
    return hash;
  }
}
