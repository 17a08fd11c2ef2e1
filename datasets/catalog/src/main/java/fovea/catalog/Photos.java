package fovea.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The picture files of a folder: finds those that rows name and reports those that none names. */
final class Photos {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif", "webp", "dcm", "ppm");

  private final Path folder;
  private final Set<Path> listed = new HashSet<>();

  Photos(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** The first of some sub-folders that exists, else the folder itself. */
  static Photos in(Path folder, String... preferred) {
    return new Photos(
        Stream.of(preferred)
            .map(folder::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElse(folder));
  }

  Path folder() {
    return folder;
  }

  /** The file a row names; reported and empty where it is missing or lies outside the folder. */
  Optional<Path> find(String name, Cells cells) {
    Path file = resolve(name);
    if (file == null || !file.startsWith(folder)) {
      cells.reject("file-outside", "The file lies outside the folder of images. Move it there");
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      cells.reject(
          "file-missing", "There is no file " + name + " among the images. Add it to the folder");
      return Optional.empty();
    }
    if (!listed.add(file)) {
      cells.reject(
          "file-listed-twice", "An earlier row names " + name + " already. Keep one of the rows");
      return Optional.empty();
    }
    return Optional.of(file);
  }

  /** Reports the pictures of the folder that no row named, in the order of their names. */
  void reportUnlisted(Sink sink) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> left =
          files
              .filter(Files::isRegularFile)
              .filter(file -> ENDINGS.contains(ending(file)))
              .filter(file -> !listed.contains(file))
              .sorted()
              .toList();
      for (Path file : left) {
        sink.accept(
            Problem.unlisted(
                folder.relativize(file).toString(),
                "file-not-listed",
                "No row of the table that could be imported names this picture. Add a row"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Path resolve(String name) {
    try {
      return folder.resolve(name).normalize();
    } catch (InvalidPathException notAName) {
      return null;
    }
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
