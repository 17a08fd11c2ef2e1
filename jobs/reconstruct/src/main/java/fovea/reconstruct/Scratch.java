package fovea.reconstruct;

import fovea.contract.capture.Limits;
import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.objects.ObjectStore;
import fovea.registry.JobRegistry.SessionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A private folder for the photographs of one session, gone when the try is over. */
final class Scratch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  private final Path folder;

  Scratch() throws IOException {
    folder = Files.createTempDirectory("fovea-session-");
  }

  Path folder() {
    return folder;
  }

  /** The photographs and poses of a session, under the names their uploader gave them. */
  Path fetch(List<SessionFile> files, ObjectStore objects) throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    for (SessionFile file : files) {
      // Names were checked when they were registered; a path out of the folder is still refused.
      Path target = photos.resolve(file.name()).normalize();
      if (!photos.equals(target.getParent())) {
        throw new CallerMistake(
            "bad-file-name", "A file of the session has a name that is a path", "Rename the file");
      }
      byte[] content =
          objects
              .read(new ObjectKey(file.objectKey()), Limits.MAX_BYTES)
              .orElseThrow(
                  () ->
                      new CallerMistake(
                          "object-missing",
                          "A file of the session is missing from storage",
                          "Upload the session again"));
      Files.write(target, content);
    }
    return photos;
  }

  // A try that was given up for hanging may still write here: what cannot go now is left.
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException left) {
      LOG.error("photographs are left in scratch: {}", folder, left);
    }
  }
}
