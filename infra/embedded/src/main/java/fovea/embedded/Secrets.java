package fovea.embedded;

import fovea.contract.settings.PlatformEnv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generated passwords, kept beside the data they open so that restarts keep them. */
final class Secrets {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 24;

  private Secrets() {}

  /** The secrets of these names, made now where the file has none. */
  static Map<String, String> in(Path file, List<String> names) {
    Map<String, String> secrets = new LinkedHashMap<>(PlatformEnv.read(file));
    if (!secrets.keySet().containsAll(names)) {
      names.forEach(name -> secrets.computeIfAbsent(name, absent -> generate()));
      PlatformEnv.write(file, secrets);
    }
    return secrets;
  }

  /** Makes a new file that only its owner may read. */
  static void restricted(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  // Letters, digits, - and _ only: safe in SQL literals, URLs and KEY=VALUE lines.
  private static String generate() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
