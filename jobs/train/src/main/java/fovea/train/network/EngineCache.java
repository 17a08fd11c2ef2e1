package fovea.train.network;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the engine unpacks its native libraries (about 400 MB, once a user): {@code DJL_CACHE_DIR},
 * else {@code XDG_CACHE_HOME/fovea/djl}, else {@code ~/.cache/fovea/djl}, else, where there is no
 * home to write to, a private folder among the temporary files.
 */
final class EngineCache {
  private static final String VARIABLE = "DJL_CACHE_DIR";

  private EngineCache() {}

  /** Sets what the engine reads on loading, where it is not set yet. */
  static void prepare() {
    setIfUnset("ai.djl.offline", "true");
    setIfUnset("OPT_OUT_TRACKING", "true");
    setIfUnset("ai.djl.pytorch.num_interop_threads", "1");
    setIfUnset("ai.djl.pytorch.graph_optimizer", "false");
    if (System.getenv(VARIABLE) == null) {
      setIfUnset(VARIABLE, folder().toString());
    }
  }

  /**
   * Runs alone among the processes of this machine that share the cache: two executors that unpack
   * at the same moment would delete each other's files.
   */
  static void alone(Runnable work) {
    Path cache = Utils.getCacheDir();
    try {
      Files.createDirectories(cache);
      try (FileChannel file = FileChannel.open(cache.resolve("fovea.lock"), CREATE, WRITE);
          FileLock unused = file.lock()) {
        work.run();
      }
    } catch (IOException readOnly) {
      // Nobody can write here, so nobody unpacks: the files are there or the engine says so.
      work.run();
    }
  }

  private static void setIfUnset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static Path folder() {
    String caches = System.getenv("XDG_CACHE_HOME");
    Path home = Path.of(System.getProperty("user.home", ""));
    Path cache = caches == null || caches.isBlank() ? home.resolve(".cache") : Path.of(caches);
    try {
      return Files.createDirectories(cache.resolve("fovea").resolve("djl"));
    } catch (IOException noHome) {
      return temporary();
    }
  }

  // Libraries are loaded from here: a folder that another user made is not to be trusted.
  private static Path temporary() {
    String user = System.getProperty("user.name", "user");
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "fovea-djl-" + user);
    try {
      if (!Files.exists(folder)) {
        return Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      if (Files.isSymbolicLink(folder) || !Files.getOwner(folder).getName().equals(user)) {
        return Files.createTempDirectory("fovea-djl-");
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the engine; set " + VARIABLE, e);
    }
  }
}
