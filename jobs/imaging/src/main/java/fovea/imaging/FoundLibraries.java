package fovea.imaging;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.opencv.core.Core;

/**
 * What JavaCPP's search for OpenCV found the last time. It asks the class path for some hundred
 * names, which in a job's three hundred archives takes seconds, and loads bindings that nobody here
 * calls. So the files are written down beside its cache, for one archive of OpenCV, and loaded
 * directly as long as each is what it was; otherwise the search is done again.
 */
final class FoundLibraries {
  private static final String BINDINGS = "jni";

  private FoundLibraries() {}

  /** Loads them; false where nothing was written down, or it holds no longer. */
  static boolean load() {
    try {
      Optional<Path> list = list();
      return list.isPresent() && Files.isRegularFile(list.get()) && loadAll(list.get());
    } catch (IOException | RuntimeException | UnsatisfiedLinkError unusable) {
      return false;
    }
  }

  /** Writes down what JavaCPP has loaded; where that cannot be written, it will search again. */
  static void remember() {
    try {
      Optional<Path> list = list();
      if (list.isPresent()) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> library : Loader.getLoadedLibraries().entrySet()) {
          if (!library.getKey().startsWith(BINDINGS)) {
            lines.add(line(Path.of(library.getValue())));
          }
        }
        write(list.get(), lines);
      }
    } catch (IOException | RuntimeException unwritable) {
      // The next process pays for the search.
    }
  }

  // A library loads once those that it needs are there; the order that proves right is kept.
  private static boolean loadAll(Path list) throws IOException {
    List<String> lines = Files.readAllLines(list);
    for (String line : lines) {
      if (!line.equals(line(file(line)))) {
        return false;
      }
    }
    List<String> order = new ArrayList<>();
    Deque<String> waiting = new ArrayDeque<>(lines);
    int refused = 0;
    while (refused < waiting.size()) {
      String line = waiting.remove();
      try {
        System.load(file(line).toString());
        order.add(line);
        refused = 0;
      } catch (UnsatisfiedLinkError tooEarly) {
        waiting.add(line);
        refused++;
      }
    }
    if (waiting.isEmpty() && !order.equals(lines)) {
      write(list, order);
    }
    return waiting.isEmpty() && !lines.isEmpty();
  }

  // Size, time of change, path.
  private static String line(Path library) throws IOException {
    return Files.size(library)
        + " "
        + Files.getLastModifiedTime(library).toMillis()
        + " "
        + library;
  }

  private static Path file(String line) {
    return Path.of(line.split(" ", 3)[2]);
  }

  private static void write(Path list, List<String> lines) throws IOException {
    Path unfinished = Files.createTempFile(list.getParent(), "libraries", ".tmp");
    Files.write(unfinished, lines);
    Files.move(unfinished, list, StandardCopyOption.ATOMIC_MOVE);
  }

  // Named by the archive that Core comes from: another version has another name or size.
  private static Optional<Path> list() throws IOException {
    URL source = Core.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      Path archive = Path.of(source.toURI());
      if (!Files.isRegularFile(archive)) {
        return Optional.empty();
      }
      String name = "fovea-" + archive.getFileName() + "-" + Files.size(archive) + ".libraries";
      return Optional.of(Loader.getCacheDir().toPath().resolve(name));
    } catch (URISyntaxException | IllegalArgumentException noFile) {
      return Optional.empty();
    }
  }
}
