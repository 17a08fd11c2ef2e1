package fovea.objects;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Walks a folder in the order of S3's keys, one folder at a time as the stream is consumed. */
final class LocalListing {
  /** Where writes in progress lie; never listed. */
  static final String PARTIAL = ".partial";

  private LocalListing() {}

  static Stream<StoredObject> of(Path root, String prefix) {
    return Files.isDirectory(root)
        ? below(root, "", prefix).flatMap(key -> describe(root, key).stream())
        : Stream.empty();
  }

  static Optional<StoredObject> describe(ObjectKey key, Path file) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return found.isRegularFile()
          ? Optional.of(new StoredObject(key, found.size(), found.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  private static Stream<String> below(Path root, String parent, String prefix) {
    return entries(root, parent).stream()
        .filter(entry -> !entry.equals(PARTIAL + "/"))
        .filter(entry -> entry.startsWith(prefix) || prefix.startsWith(entry))
        .flatMap(entry -> entry.endsWith("/") ? below(root, entry, prefix) : Stream.of(entry))
        .filter(entry -> entry.startsWith(prefix));
  }

  // Folders carry their slash while sorting: "a-b/x" comes before "a/x", as S3 has it.
  private static List<String> entries(Path root, String parent) {
    Path folder = root.resolve(parent);
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .map(child -> parent + child.getFileName() + (Files.isDirectory(child) ? "/" : ""))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (NoSuchFileException gone) {
      return List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot list " + folder, failed);
    }
  }

  private static Optional<StoredObject> describe(Path root, String key) {
    try {
      return describe(new ObjectKey(key), root.resolve(key));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot find " + key, failed);
    }
  }
}
