package fovea.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The cluster's folder, put in order before a start. The caller holds the store's lock. */
final class PostgresCluster {
  private static final String COMPLETE = "fovea.complete";
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  private PostgresCluster() {}

  /** Makes a start possible after whatever ended the last one. */
  static void prepare(Path cluster) throws IOException {
    stopOrphan(cluster);
    if (Files.exists(cluster) && !Files.exists(cluster.resolve(COMPLETE))) {
      Files.move(cluster, cluster.resolveSibling("incomplete-" + System.currentTimeMillis()));
    }
  }

  /** Says that the first start came to its end. */
  static void markComplete(Path cluster) throws IOException {
    if (!Files.exists(cluster.resolve(COMPLETE))) {
      Files.createFile(cluster.resolve(COMPLETE));
    }
  }

  /**
   * Stops whoever serves this folder and waits for the end. Postgres outlives a killed owner, so
   * what still runs where we hold the lock is an orphan; and where nothing runs, a pid that went to
   * another process must not stop the next start.
   */
  static void stopOrphan(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> orphan =
        lines.isEmpty() ? Optional.empty() : ProcessHandle.of(pid(lines.get(0)));
    if (orphan.isPresent() && serves(orphan.get(), cluster)) {
      stop(orphan.get(), cluster);
    }
    Files.deleteIfExists(pidFile);
  }

  /** The port of whoever serves the cluster: line 4 of Postgres' own file. */
  static Optional<Integer> port(Path cluster) {
    try {
      List<String> lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
      return lines.size() < 4
          ? Optional.empty()
          : Optional.of(Integer.parseInt(lines.get(3).strip()));
    } catch (IOException notServed) {
      return Optional.empty();
    }
  }

  private static long pid(String line) {
    return line.strip().matches("[0-9]{1,18}") ? Long.parseLong(line.strip()) : Long.MAX_VALUE;
  }

  // A process that ended but was not reaped has no command any more: it serves nothing.
  private static boolean serves(ProcessHandle process, Path cluster) {
    ProcessHandle.Info info = process.info();
    return info.command().orElse("").endsWith("postgres")
        && List.of(info.arguments().orElse(new String[0])).contains(cluster.toString());
  }

  // SIGINT is Postgres' fast shutdown; SIGTERM, the only signal of ProcessHandle, waits for
  // clients.
  private static void stop(ProcessHandle postgres, Path cluster) throws IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(postgres.pid())).start();
    long deadline = System.nanoTime() + STOP.toNanos();
    while (serves(postgres, cluster)) {
      if (System.nanoTime() > deadline) {
        postgres.destroyForcibly();
        return;
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Postgres stopped", interrupted);
    }
  }

  /** Where the server's programs are unpacked: once a user, where there is a home for them. */
  static Path binaries(StoreFolder folder) {
    Path home = Path.of(System.getProperty("user.home", "/nonexistent"));
    Path cache = home.resolve(".cache").resolve("fovea");
    try {
      Files.createDirectories(cache);
      // The library lets everybody write where it unpacks: nobody else may get that far.
      Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
      return cache.resolve("postgres");
    } catch (IOException noHome) {
      return folder.resolve("programs");
    }
  }
}
