package fovea.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One commit in a table's log: {@code 00000000000000000012.json}, an action a line, and beside it
 * {@code .crc}, the sums over the table after it. Delta itself notices a line cut short, but not
 * that whole lines are gone from the end; a table would be shorter and nobody told.
 */
final class LogEntry {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration hadoop;
  private final Path log;
  private final long version;

  LogEntry(Configuration hadoop, Path log, long version) {
    this.hadoop = hadoop;
    this.log = log;
    this.version = version;
  }

  Path path() {
    return file(version, ".json");
  }

  /** What is wrong with it, if anything; a missing entry is wrong too. */
  Optional<Fault> fault() throws IOException {
    String text;
    try {
      text = read(path());
    } catch (FileNotFoundException absent) {
      return fault(Fault.MISSING, "");
    } catch (ChecksumException broken) {
      return fault(Fault.LOG_ENTRY, "its bytes do not match the file system's checksum");
    }
    if (!text.endsWith("\n")) {
      return fault(Fault.LOG_ENTRY, text.isEmpty() ? "empty" : "its last line is cut short");
    }
    Sums sums = new Sums();
    for (String line : text.split("\n")) {
      try {
        sums.add(JSON.readTree(line));
      } catch (JsonProcessingException broken) {
        return fault(Fault.LOG_ENTRY, "a line is no JSON");
      }
    }
    return contradiction(sums);
  }

  /** Whether this version's checksum file is there without the entry itself. */
  Optional<Fault> gone() throws IOException {
    FileSystem files = log.getFileSystem(hadoop);
    return files.exists(file(version, ".crc")) && !files.exists(path())
        ? fault(Fault.MISSING, "its checksum file is there")
        : Optional.empty();
  }

  private Optional<Fault> contradiction(Sums sums) throws IOException {
    JsonNode after = checksum(version);
    JsonNode before = checksum(version - 1);
    if (after.isMissingNode()) {
      return sums.added >= sums.claimed
          ? Optional.empty()
          : fault(Fault.LOG_ENTRY, "it adds " + sums.added + " files and says " + sums.claimed);
    }
    if (!sums.countable) {
      return Optional.empty();
    }
    String transaction = after.path("txnId").asText();
    if (!transaction.isEmpty() && !transaction.equals(sums.transaction)) {
      return fault(Fault.LOG_ENTRY, "not the transaction of its checksum file");
    }
    if (version > 0 && before.isMissingNode()) {
      return Optional.empty();
    }
    long files = after.path("numFiles").asLong() - before.path("numFiles").asLong();
    long bytes = after.path("tableSizeBytes").asLong() - before.path("tableSizeBytes").asLong();
    return files == sums.files && bytes == sums.bytes
        ? Optional.empty()
        : fault(
            Fault.LOG_ENTRY, "it changes " + sums.files + " files, by its checksum file " + files);
  }

  private JsonNode checksum(long ofVersion) throws IOException {
    try {
      return ofVersion < 0
          ? MissingNode.getInstance()
          : JSON.readTree(read(file(ofVersion, ".crc")));
    } catch (FileNotFoundException | JsonProcessingException | ChecksumException none) {
      return MissingNode.getInstance(); // written after the commit, where the driver still lives
    }
  }

  private Optional<Fault> fault(String problem, String detail) {
    return Optional.of(new Fault(path().toString(), problem, detail));
  }

  private Path file(long ofVersion, String ending) {
    return new Path(log, String.format("%020d", ofVersion) + ending);
  }

  private String read(Path file) throws IOException {
    try (FSDataInputStream in = file.getFileSystem(hadoop).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What an entry's lines add up to. */
  private static final class Sums {
    // Others may list files again that were there before.
    private static final List<String> COUNTED =
        List.of("", "CREATE TABLE", "WRITE", "STREAMING UPDATE", "MERGE", "DELETE", "OPTIMIZE");
    private static final List<String> CLAIMS = List.of("numTargetFilesAdded", "numAddedFiles");

    private long added;
    private long claimed;
    private long files;
    private long bytes;
    private boolean countable = true;
    private String transaction = "";

    void add(JsonNode action) {
      JsonNode info = action.path("commitInfo");
      for (String claim : CLAIMS) {
        claimed = Math.max(claimed, info.path("operationMetrics").path(claim).asLong());
      }
      transaction = info.path("txnId").asText(transaction);
      countable &= COUNTED.contains(info.path("operation").asText());
      count(action.path("add"), 1);
      count(action.path("remove"), -1);
    }

    private void count(JsonNode file, int sign) {
      if (!file.isMissingNode()) {
        countable &= file.has("size");
        added += sign > 0 ? 1 : 0;
        files += sign;
        bytes += sign * file.path("size").asLong();
      }
    }
  }
}
