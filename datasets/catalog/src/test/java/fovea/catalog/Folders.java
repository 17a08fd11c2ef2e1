package fovea.catalog;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fovea.contract.settings.SettingValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small data sets for tests. */
final class Folders {

  private Folders() {}

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Something that begins like a JPEG and differs from every other one. */
  static void jpeg(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] name = file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[40 + name.length];
    bytes[0] = (byte) 0xff;
    bytes[1] = (byte) 0xd8;
    bytes[2] = (byte) 0xff;
    System.arraycopy(name, 0, bytes, 40, name.length);
    Files.write(file, bytes);
  }

  static SettingValues from(Path folder, String... more) {
    Map<String, String> flags = new HashMap<>(Map.of("from", folder.toString()));
    for (int i = 0; i < more.length; i += 2) {
      flags.put(more[i], more[i + 1]);
    }
    return SettingValues.of(flags);
  }

  /** A folder beside the repository with real data; skips the test where there is none. */
  static Path shared(String name) {
    Path at = Path.of("").toAbsolutePath();
    while (at != null) {
      Path candidate = at.resolveSibling("shared").resolve("data").resolve(name);
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
      at = at.getParent() != null && at.getNameCount() > 1 ? at.getParent() : null;
    }
    assumeTrue(false, "no real data beside the repository: " + name);
    throw new AssertionError();
  }

  static List<String> codes(ImportReport report) {
    return report.problems().stream().map(Problem::code).toList();
  }
}
