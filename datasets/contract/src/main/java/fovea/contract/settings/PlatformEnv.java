package fovea.contract.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/**
 * A file of {@code KEY=VALUE} lines that only its owner may read: how one process tells others
 * where the stores are. A value is all that follows the first {@code =}; lines that begin with
 * {@code #} are comments.
 */
public final class PlatformEnv {
  /** The file's usual name inside a data folder. */
  public static final String FILE = "platform.env";

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PlatformEnv() {}

  /**
   * Replaces the file at once: a reader sees the old values or the new.
   *
   * @throws IllegalArgumentException for a name or value that does not fit on a line
   */
  public static void write(Path file, Map<String, String> values) {
    String text =
        values.entrySet().stream()
            .map(entry -> line(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, ".env", "", OWNER_ONLY);
      Files.writeString(temporary, text);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write " + file, failed);
    }
  }

  /** The file's values in its order, empty where there is no file. */
  public static Map<String, String> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return Collections.unmodifiableMap(
          Files.readAllLines(file).stream()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> entry(file, line))
              .collect(
                  Collectors.toMap(
                      Entry::getKey, Entry::getValue, (old, last) -> last, LinkedHashMap::new)));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read " + file, failed);
    }
  }

  private static String line(String name, String value) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || value.matches("(?s).*\\p{Cntrl}.*")) {
      throw new IllegalArgumentException("not a line of " + FILE + ": " + name);
    }
    return name + "=" + value + "\n";
  }

  // The line itself may hold a secret: an error names the file only.
  private static Entry<String, String> entry(Path file, String line) {
    int equals = line.indexOf('=');
    if (equals < 1) {
      throw new UncheckedIOException(new IOException("a line of " + file + " has no name="));
    }
    return Map.entry(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
  }
}
