package fovea.catalog;

import fovea.contract.model.ModelFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The photographs and models of a folder, and which of them a session has claimed. */
final class LegacyFolder {
  private static final String PHOTO = "(?i).*\\.(jpe?g|png)";
  private static final String MODEL =
      "(?i).*\\.("
          + Arrays.stream(ModelFormat.values())
              .map(ModelFormat::word)
              .collect(Collectors.joining("|"))
          + ")";

  /** As the API takes them. */
  private static final String NAME = "[A-Za-z0-9._ -]{1,100}";

  private final Path uploads;
  private final Path models;
  private final List<Path> allUploads;
  private final List<Path> allModels;
  private final Set<Path> claimed = new HashSet<>();

  LegacyFolder(Path folder) {
    this.uploads = folder.resolve("uploads").toAbsolutePath().normalize();
    this.models = folder.resolve("public/models").toAbsolutePath().normalize();
    this.allUploads = files(uploads, ".*");
    this.allModels = files(models, ".*");
  }

  /** Regular files of a folder and those below it, in the order of their paths. */
  static List<Path> files(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile)
          .filter(file -> String.valueOf(file.getFileName()).matches(name))
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * The photographs of a session: those its JSON names, those in a folder of its name, and those
   * whose names begin with its own.
   */
  List<Path> photos(String session, List<String> named, Sink sink) {
    Set<Path> found = new LinkedHashSet<>();
    for (String name : named) {
      Optional<Path> file = resolve(uploads, name.replaceFirst("^.*uploads/", ""), allUploads);
      if (file.isEmpty()) {
        sink.accept(
            Problem.rejected(
                0, label(name), "file-missing", "The session names it, and it is not in uploads"));
      }
      file.ifPresent(found::add);
    }
    allUploads.stream().filter(file -> belongs(uploads, file, session)).forEach(found::add);
    List<Path> photos = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : found) {
      check(file, names, sink).ifPresent(photos::add);
    }
    return photos;
  }

  private Optional<Path> check(Path file, Set<String> names, Sink sink) {
    claimed.add(file);
    String name = String.valueOf(file.getFileName());
    if (!name.matches(PHOTO)) {
      sink.accept(Problem.rejected(0, label(name), "file-ignored", "It is no JPEG or PNG"));
      return Optional.empty();
    }
    if (!name.matches(NAME) || !names.add(name)) {
      sink.accept(
          Problem.rejected(
              0,
              label(name),
              "bad-name",
              "Names are letters, digits, blanks and . _ - and stand once a session. Rename it"));
      return Optional.empty();
    }
    return Optional.of(file);
  }

  /** The model that a URL names, or one that has the session's name. */
  Optional<Path> model(Optional<String> url, String session) {
    Optional<Path> named =
        url.map(text -> text.replaceFirst("[?#].*", "").replaceFirst("^.*models/", ""))
            .flatMap(path -> resolve(models, path, allModels));
    Optional<Path> model =
        named
            .or(() -> allModels.stream().filter(f -> belongs(models, f, session)).findFirst())
            .filter(file -> String.valueOf(file.getFileName()).matches(MODEL));
    model.ifPresent(claimed::add);
    return model;
  }

  void reportUnclaimed(Sink sink) {
    Stream.concat(allUploads.stream(), allModels.stream())
        .filter(file -> !claimed.contains(file))
        .forEach(
            file ->
                sink.accept(
                    Problem.unlisted(
                        label(String.valueOf(file.getFileName())),
                        "no-session",
                        "No session names it; it was left out")));
  }

  // Only files that were found by walking: no name leads out of the folder, no link is followed.
  private static Optional<Path> resolve(Path root, String name, List<Path> there) {
    try {
      Path file = root.resolve(name).normalize();
      return there.contains(file) ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException noName) {
      return Optional.empty();
    }
  }

  private static boolean belongs(Path root, Path file, String session) {
    String path = root.relativize(file).toString();
    String rest = path.startsWith(session) ? path.substring(session.length()) : "";
    return rest.matches("(?s)[/._-].*");
  }

  private static String label(String name) {
    String line = name.replaceAll("\\p{Cntrl}", " ");
    return line.substring(0, Math.min(line.length(), 100));
  }
}
