package fovea.api;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The data folder, held by one platform at a time for as long as it lives. */
record DataFolder(Path path, FileChannel held) implements AutoCloseable {

  /**
   * @throws CallerMistake where another platform holds it, or it cannot be written to
   */
  static DataFolder take(Path path) {
    try {
      if (!Files.exists(path)) {
        Files.createDirectories(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      FileChannel channel =
          FileChannel.open(
              path.resolve("platform.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new CallerMistake(
            "already-up",
            "a platform is up on " + path,
            "Use that one, stop it, or give another folder with --data");
      }
      return new DataFolder(path, channel);
    } catch (IOException refused) {
      throw new CallerMistake(
          "bad-data-folder",
          "the folder " + path + " cannot be used: " + refused,
          "Give a folder you may write to with --data");
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldHere) {
      return false;
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      held.close();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot release " + path, failed);
    }
  }
}
