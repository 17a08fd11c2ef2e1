package fovea.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Whether a table's log is whole: the newest checkpoint and every entry after it. */
final class LogCheck {
  private static final Pattern FILE =
      Pattern.compile("(\\d{20})\\.(json|crc|checkpoint(\\.[^.]+)*\\.parquet)");

  /** What was found whole already, by table: version, length and time of the newest entry. */
  private static final Map<String, String> WHOLE = new ConcurrentHashMap<>();

  private final Configuration hadoop;
  private final Path log;

  LogCheck(Configuration hadoop, String table) {
    this.hadoop = hadoop;
    this.log = new Path(table, "_delta_log");
  }

  /**
   * Looks at the newest entry alone, once a process and version: what every read can afford.
   *
   * @throws LakeDamaged where it is not whole
   */
  void requireWhole(String table, FileStatus newest) {
    String stamp = newest.getPath() + " " + newest.getLen() + " " + newest.getModificationTime();
    if (stamp.equals(WHOLE.get(log.toString()))) {
      return;
    }
    long version = version(newest);
    Optional<Fault> fault = faultOf(version).or(() -> goneAfter(version));
    if (fault.isPresent()) {
      throw LakeDamaged.of(table, List.of(fault.get()), 1);
    }
    WHOLE.put(log.toString(), stamp);
  }

  /** Everything that is wrong with what the newest version is read from; empty for a whole log. */
  List<Fault> faults() {
    TreeMap<Long, List<FileStatus>> checkpoints = new TreeMap<>();
    TreeSet<Long> versions = new TreeSet<>();
    for (FileStatus file : list()) {
      Matcher name = FILE.matcher(file.getPath().getName());
      if (name.matches()) {
        long version = Long.parseLong(name.group(1));
        versions.add(version);
        if (name.group(2).startsWith("checkpoint")) {
          checkpoints.computeIfAbsent(version, v -> new ArrayList<>()).add(file);
        }
      }
    }
    List<Fault> faults = new ArrayList<>();
    if (versions.isEmpty()) {
      faults.add(new Fault(log.toString(), Fault.MISSING, "the log has no entries"));
      return faults;
    }
    long newest = versions.last();
    long first = checkpoints.isEmpty() ? 0 : Math.min(checkpoints.lastKey() + 1, newest);
    for (long version = first; version <= newest; version++) {
      faultOf(version).ifPresent(faults::add);
    }
    if (!checkpoints.isEmpty()) {
      checkpoints.lastEntry().getValue().forEach(f -> checkpointFault(f).ifPresent(faults::add));
    }
    return faults;
  }

  private Optional<Fault> faultOf(long version) {
    try {
      return new LogEntry(hadoop, log, version).fault();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read the log of " + log.getParent(), failed);
    }
  }

  private Optional<Fault> goneAfter(long version) {
    try {
      return new LogEntry(hadoop, log, version + 1).gone();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read the log of " + log.getParent(), failed);
    }
  }

  private Optional<Fault> checkpointFault(FileStatus file) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
      // Every page: a checkpoint is small beside what hangs on it.
      while (reader.readNextRowGroup() != null) {
        continue;
      }
      return Optional.empty();
    } catch (IOException | RuntimeException unreadable) {
      return Optional.of(
          new Fault(
              file.getPath().toString(), Fault.CHECKPOINT, unreadable.getClass().getSimpleName()));
    }
  }

  private List<FileStatus> list() {
    try {
      return Arrays.asList(log.getFileSystem(hadoop).listStatus(log));
    } catch (FileNotFoundException none) {
      return List.of();
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot list the log " + log, failed);
    }
  }

  private static long version(FileStatus entry) {
    String name = entry.getPath().getName();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }
}
