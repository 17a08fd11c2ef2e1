package fovea.embedded;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A store's folder, held by one process at a time for as long as that process lives. */
record StoreFolder(Path path, FileChannel held) implements AutoCloseable {
  static final String LOOPBACK = "127.0.0.1";

  /**
   * Makes the folder, closed to other users, and takes it.
   *
   * @throws CallerMistake where another process holds it
   */
  static StoreFolder take(Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new CallerMistake(
            "folder-in-use",
            "another process uses " + path,
            "Stop that process, or give this one a data folder of its own");
      }
      return new StoreFolder(path, channel);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot use the folder " + path, failed);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldHere) {
      return null;
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /** The port itself, or for 0 one that is free now. */
  static int orFreePort(int port) {
    if (port != 0) {
      return port;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException("no free port", failed);
    }
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
