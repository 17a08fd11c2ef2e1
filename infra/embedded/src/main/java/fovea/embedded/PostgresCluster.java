package fovea.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The cluster's folder, put in order before a start. The caller holds the store's lock. */
final class PostgresCluster {
  private static final String COMPLETE = "fovea.complete";
  private static final Duration STOP = Duration.ofSeconds(20);

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

  // Postgres outlives a killed owner. Since the lock is ours, whoever serves this folder is an
  // orphan; and where nobody does, a pid that went to another process must not stop us.
  private static void stopOrphan(Path cluster) throws IOException {
    Path pidFile = cluster.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    ProcessHandle orphan =
        lines.isEmpty() ? null : ProcessHandle.of(pid(lines.get(0))).orElse(null);
    if (orphan != null && serves(orphan, cluster)) {
      stop(orphan);
    }
    Files.deleteIfExists(pidFile);
  }

  private static long pid(String line) {
    return line.strip().matches("[0-9]{1,18}") ? Long.parseLong(line.strip()) : Long.MAX_VALUE;
  }

  private static boolean serves(ProcessHandle process, Path cluster) {
    ProcessHandle.Info info = process.info();
    return info.command().orElse("").endsWith("postgres")
        && List.of(info.arguments().orElse(new String[0])).contains(cluster.toString());
  }

  // SIGINT is Postgres' fast shutdown; SIGTERM, the only signal of ProcessHandle, waits for
  // clients.
  private static void stop(ProcessHandle postgres) throws IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(postgres.pid())).start();
    try {
      postgres.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      postgres.destroyForcibly();
      postgres.onExit().join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the last Postgres stopped", interrupted);
    }
  }

  /**
   * Where the server's programs are unpacked: one folder a user, never one that others can write
   * to.
   */
  static Path binaries(StoreFolder folder) {
    Path home = Path.of(System.getProperty("user.home", "/nonexistent"));
    Path cache = home.resolve(".cache").resolve("fovea").resolve("postgres");
    try {
      Files.createDirectories(cache);
      return Files.isWritable(cache) ? cache : folder.resolve("programs");
    } catch (IOException noHome) {
      return folder.resolve("programs");
    }
  }
}
