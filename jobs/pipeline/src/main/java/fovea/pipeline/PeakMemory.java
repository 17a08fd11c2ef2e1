package fovea.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The most memory a process and its children have held, sampled from Linux's /proc twice a second:
 * the sum of proportional set sizes, so that pages Postgres' processes share count once.
 */
final class PeakMemory implements AutoCloseable {
  private final long pid;
  private final Thread sampler;
  private volatile long peakKilobytes;
  private volatile boolean closed;

  private PeakMemory(long pid) {
    this.pid = pid;
    this.sampler = new Thread(this::sample, "peak-memory-" + pid);
    sampler.setDaemon(true);
  }

  static PeakMemory of(long pid) {
    PeakMemory memory = new PeakMemory(pid);
    memory.sampler.start();
    return memory;
  }

  /** For example {@code 812 MiB}; {@code not measured} where there is no /proc. */
  String text() {
    return peakKilobytes == 0
        ? "not measured"
        : String.format(Locale.ROOT, "%d MiB", peakKilobytes / 1024);
  }

  private void sample() {
    while (!closed) {
      peakKilobytes = Math.max(peakKilobytes, now());
      try {
        Thread.sleep(500);
      } catch (InterruptedException end) {
        return;
      }
    }
  }

  private long now() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isEmpty()) {
      return 0;
    }
    long own = kilobytes(pid);
    return own
        + (isPostgres(pid)
            ? process.get().descendants().mapToLong(p -> kilobytes(p.pid())).sum()
            : 0);
  }

  private static boolean isPostgres(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/comm")).strip().equals("postgres");
    } catch (IOException gone) {
      return false;
    }
  }

  private static long kilobytes(long pid) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"));
      return lines.stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
          .sum();
    } catch (IOException | RuntimeException gone) {
      return 0;
    }
  }

  @Override
  public void close() {
    closed = true;
    sampler.interrupt();
  }
}
