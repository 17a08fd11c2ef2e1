package fovea.pipeline;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;

/** A disk without room: nobody's code is at fault, so it is told by what can be done about it. */
final class FullDisk {
  // As Linux and macOS say it, Postgres of its own disk, and Hadoop of the one it buffers S3 on.
  private static final List<String> SIGNS =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "Could not find any valid local directory");

  private FullDisk() {}

  /** What failed for want of room, where that is why. */
  static Optional<Throwable> in(Throwable failure) {
    return ExceptionUtils.getThrowableList(failure).stream()
        .filter(one -> SIGNS.stream().anyMatch(String.valueOf(one.getMessage())::contains))
        .reduce((outer, inner) -> inner);
  }

  /** The folders that a job writes to on this machine, each with its room, and the way out. */
  static String remedy(String data, Map<String, String> environment) {
    String temporary = System.getProperty("java.io.tmpdir");
    String scratch =
        environment.getOrDefault(
            "SPARK_LOCAL_DIRS", System.getProperty("spark.local.dir", temporary));
    String buffer =
        System.getProperty(
            "spark.hadoop.fs.s3a.buffer.dir", "/tmp/hadoop-" + System.getProperty("user.name"));
    String folders =
        Stream.of(scratch, temporary, buffer, data)
            .flatMap(list -> Stream.of(list.split(",")))
            .distinct()
            .map(folder -> folder + " (" + room(Path.of(folder)) + ")")
            .collect(Collectors.joining(", "));
    return "Here jobs write to "
        + folders
        + ". Make room, or name a larger folder in SPARK_LOCAL_DIRS for Spark's scratch, and run it"
        + " again: tables hold whole commits only";
  }

  private static String room(Path folder) {
    try {
      FileStore disk = Files.getFileStore(folder);
      return "%d of %d MB free".formatted(disk.getUsableSpace() >> 20, disk.getTotalSpace() >> 20);
    } catch (IOException unknown) {
      return "not to be asked";
    }
  }
}
