package fovea.api;

import fovea.contract.settings.PlatformEnv;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What must stay secret and the same across restarts: from the environment, else made once and kept
 * in the data folder, readable to its owner only.
 */
record PlatformSecrets(
    String jwtSecret, String encryptionKey, List<String> oldEncryptionKeys, String adminPassword) {
  private static final String FILE = "secrets.env";
  private static final String JWT = "JWT_SECRET";
  private static final String ENCRYPTION = "ENCRYPTION_KEY";
  private static final String OLD = "ENCRYPTION_KEYS_OLD";
  private static final String ADMIN = "FOVEA_ADMIN_PASSWORD";
  private static final SecureRandom RANDOM = new SecureRandom();

  static PlatformSecrets of(Path data, Map<String, String> environment) {
    Path file = data.resolve(FILE);
    Map<String, String> kept = new LinkedHashMap<>(PlatformEnv.read(file));
    int before = kept.size();
    String jwt = environment.get("JWT_SECRET_KEY");
    PlatformSecrets secrets =
        new PlatformSecrets(
            jwt != null && !environment.containsKey(JWT) ? jwt : given(environment, kept, JWT, 32),
            given(environment, kept, ENCRYPTION, 16),
            oldKeys(environment, kept),
            given(environment, kept, ADMIN, 12));
    if (kept.size() != before) {
      PlatformEnv.write(file, kept);
    }
    return secrets;
  }

  private static String given(
      Map<String, String> environment, Map<String, String> kept, String name, int bytes) {
    String value = environment.get(name);
    return value != null ? value : kept.computeIfAbsent(name, absent -> generate(bytes));
  }

  private static List<String> oldKeys(Map<String, String> environment, Map<String, String> kept) {
    String keys = environment.getOrDefault(OLD, kept.getOrDefault(OLD, ""));
    return Stream.of(keys.split(",")).map(String::strip).filter(key -> !key.isEmpty()).toList();
  }

  private static String generate(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "the platform's secrets";
  }
}
