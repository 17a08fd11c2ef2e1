package fovea.preprocess;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds beyond Java's heap; Linux only. */
final class NativeMemory {
  static final Path STATUS = Path.of("/proc/self/status");

  private NativeMemory() {}

  /** Resident memory in MB. */
  static double resident() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .sum();
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** Resident memory less what the heap has taken, in MB. */
  static double beyondHeap() {
    System.gc();
    double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    return resident() - heap / (1 << 20);
  }
}
