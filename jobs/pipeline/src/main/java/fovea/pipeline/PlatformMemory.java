package fovea.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The peak memory of the three processes: this driver, the API (with S3 inside), Postgres. */
final class PlatformMemory implements AutoCloseable {
  private final Map<String, PeakMemory> processes = new LinkedHashMap<>();

  private PlatformMemory() {}

  static PlatformMemory of(Path data, Map<String, String> platform) {
    PlatformMemory memory = new PlatformMemory();
    memory.processes.put("Spark driver", PeakMemory.of(ProcessHandle.current().pid()));
    Optional.ofNullable(platform.get("FOVEA_API_PID"))
        .map(Long::parseLong)
        .ifPresent(pid -> memory.processes.put("API and S3", PeakMemory.of(pid)));
    postmaster(data.resolve("postgres"))
        .ifPresent(pid -> memory.processes.put("Postgres", PeakMemory.of(pid)));
    return memory;
  }

  Table table() {
    Table table = new Table("process", "peak memory");
    processes.forEach((name, peak) -> table.row(name, peak.text()));
    return table;
  }

  // The first line of Postgres' own postmaster.pid.
  private static Optional<Long> postmaster(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      Optional<Path> file =
          files.filter(p -> p.getFileName().toString().equals("postmaster.pid")).findFirst();
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(Long.parseLong(Files.readAllLines(file.get()).get(0).strip()));
    } catch (IOException | RuntimeException notOurs) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    processes.values().forEach(PeakMemory::close);
  }
}
