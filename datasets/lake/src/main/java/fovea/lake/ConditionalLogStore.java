package fovea.lake;

import static org.apache.hadoop.fs.Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Delta's log on an object store that honours {@code If-None-Match: *} (S3, R2, MinIO, s3proxy): an
 * entry is one conditional PUT, so that of any number of drivers exactly one writes a version.
 *
 * <p>A PUT whose answer was lost is sent again by the client and then finds its own object. Which
 * of the two it was, a lost answer or a lost race, only the bytes tell: Delta puts a random
 * transaction id into every commit, so no two writers' entries are equal.
 *
 * <p>Listings need no help: all these stores list what was written before.
 */
public final class ConditionalLogStore extends HadoopFileSystemLogStore {
  private static final int TRIES = 4;
  private static final long FIRST_WAIT_MILLIS = 100;

  /** File systems that refused a second write, by URI. */
  private static final Set<String> PROVEN = ConcurrentHashMap.newKeySet();

  /** Made by Delta, by name, from {@code spark.delta.logStore.s3a.impl}. */
  public ConditionalLogStore(Configuration hadoop) {
    super(hadoop);
  }

  /**
   * Writes one file, a line an action; readers see all of it or nothing.
   *
   * @throws FileAlreadyExistsException where another writer's file is there and must not be
   *     replaced
   * @throws IOException where the store does not answer, or is one without conditional writes
   */
  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    byte[] content = content(actions);
    if (overwrite) {
      put(files.create(path, true), content);
    } else {
      create(files, path, content);
    }
  }

  /** An object appears whole or not at all. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }

  private static void create(FileSystem files, Path path, byte[] content) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        put(onlyWhereAbsent(files, path), content);
        break;
      } catch (IOException doubtful) {
        Owner owner = ownerOf(files, path, content);
        if (owner == Owner.US) {
          break;
        }
        if (owner == Owner.ANOTHER) {
          throw alreadyThere(path, doubtful);
        }
        // Nobody: S3 answers 409 where two conditional writes met, and asks to try again.
        if (attempt == TRIES) {
          throw doubtful;
        }
        pause(attempt);
      }
    }
    prove(files, path, content);
  }

  // A store that does not know the header takes every write. Once a store and process, the entry
  // just written is offered again; it must be refused.
  private static void prove(FileSystem files, Path path, byte[] content) throws IOException {
    if (!PROVEN.add(files.getUri().toString())) {
      return;
    }
    try {
      put(onlyWhereAbsent(files, path), content);
    } catch (IOException refused) {
      return;
    }
    PROVEN.remove(files.getUri().toString());
    throw new IOException(
        "the store of "
            + path
            + " ignores If-None-Match: two drivers could write one version. Update it, or for a"
            + " single driver set spark.delta.logStore.s3a.impl to Delta's S3SingleDriverLogStore");
  }

  private static FSDataOutputStream onlyWhereAbsent(FileSystem files, Path path)
      throws IOException {
    try {
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).create();
      builder.recursive().must(FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
      return builder.build();
    } catch (IllegalArgumentException unknown) {
      throw new IOException(
          "no conditional writes on " + path + ": two drivers could write one version", unknown);
    }
  }

  // Never closed half written: closing is what publishes an object.
  private static void put(FSDataOutputStream out, byte[] content) throws IOException {
    try {
      out.write(content);
    } catch (IOException failed) {
      out.abort();
      throw failed;
    }
    out.close();
  }

  private static Owner ownerOf(FileSystem files, Path path, byte[] ours) throws IOException {
    try (FSDataInputStream in = files.open(path)) {
      return Arrays.equals(in.readNBytes(ours.length + 1), ours) ? Owner.US : Owner.ANOTHER;
    } catch (FileNotFoundException absent) {
      return Owner.NOBODY;
    }
  }

  private static FileAlreadyExistsException alreadyThere(Path path, IOException cause) {
    FileAlreadyExistsException lost = new FileAlreadyExistsException(path.toString());
    lost.initCause(cause);
    return lost;
  }

  private static byte[] content(Iterator<String> actions) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (actions.hasNext()) {
      bytes.write(actions.next().getBytes(StandardCharsets.UTF_8));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private static void pause(int attempt) throws IOException {
    try {
      Thread.sleep(FIRST_WAIT_MILLIS << attempt);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while writing to the log");
    }
  }

  private enum Owner {
    US,
    ANOTHER,
    NOBODY
  }
}
