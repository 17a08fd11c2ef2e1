package fovea.pipeline.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a process and its children cost from start to end, by Linux's /proc.
 *
 * @param seconds of the clock
 * @param cpuSeconds user and system, of all its threads and children
 * @param peakMebibytes resident, the sum of its processes' own peaks
 */
record Cost(double seconds, double cpuSeconds, long peakMebibytes) {
  private static final double TICKS_A_SECOND = 100; // USER_HZ, the same on every Linux
  private static final int CHILDREN_USER = 13; // proc(5), stat, counted behind the command's name
  private static final int CHILDREN_SYSTEM = 14;

  /**
   * Runs a command to its end; what it says goes to a file.
   *
   * @throws IOException where it ends with another code than 0
   */
  static Cost of(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.redirectInput(new File("/dev/null")).environment().putAll(environment);
    double cpu = childrensCpu();
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, peakKilobytes(process.toHandle()));
      Thread.sleep(200);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + "\n" + Files.readString(log));
    }
    return new Cost(seconds, childrensCpu() - cpu, peak / 1024);
  }

  // Of all children that have ended and were waited for, and of theirs.
  private static double childrensCpu() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM]))
        / TICKS_A_SECOND;
  }

  private static long peakKilobytes(ProcessHandle process) {
    LongStream pids =
        Stream.concat(Stream.of(process), process.descendants()).mapToLong(ProcessHandle::pid);
    return pids.map(Cost::highWater).sum();
  }

  private static long highWater(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
          .sum();
    } catch (IOException | RuntimeException gone) {
      return 0;
    }
  }
}
