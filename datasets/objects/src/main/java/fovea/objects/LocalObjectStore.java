package fovea.objects;

import fovea.contract.capture.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects as files of one folder, for one machine. Unlike S3 it cannot hold both {@code a} and
 * {@code a/b}, and it remembers no media types.
 */
final class LocalObjectStore implements ObjectStore {
  private final Path root;
  private final Path partial;

  LocalObjectStore(Path folder) {
    this.root = folder.toAbsolutePath().normalize();
    this.partial = root.resolve(LocalListing.PARTIAL);
  }

  @Override
  public void ensureBucket() {
    try {
      Files.createDirectories(root);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot make the folder " + root, failed);
    }
  }

  @Override
  public Stream<StoredObject> list(String prefix) {
    return LocalListing.of(root, prefix);
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) {
    try {
      return LocalListing.describe(key, file(key));
    } catch (IOException failed) {
      throw failure("find", key, failed);
    }
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, long mostBytes) {
    try (InputStream content = Files.newInputStream(regular(key))) {
      return Optional.of(LimitedRead.of(key, content, Files.size(file(key)), mostBytes));
    } catch (NoSuchFileException | FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw failure("read", key, failed);
    }
  }

  @Override
  public InputStream stream(ObjectKey key) {
    try {
      return Files.newInputStream(regular(key));
    } catch (NoSuchFileException absent) {
      throw failure("read", key, new FileNotFoundException(key.path()));
    } catch (IOException failed) {
      throw failure("read", key, failed);
    }
  }

  @Override
  public void write(ObjectKey key, byte[] content, String mediaType) {
    replace(key, new ByteArrayInputStream(content));
  }

  @Override
  public void write(ObjectKey key, Path file, String mediaType) {
    try (InputStream content = Files.newInputStream(file)) {
      replace(key, content);
    } catch (IOException failed) {
      throw failure("write", key, failed);
    }
  }

  // Written beside and moved: a reader sees the old content or the new, never a half.
  private void replace(ObjectKey key, InputStream content) {
    Path target = file(key);
    try {
      Files.createDirectories(partial);
      Path temporary = Files.createTempFile(partial, "object", "");
      try {
        Files.copy(content, temporary, StandardCopyOption.REPLACE_EXISTING);
        Files.createDirectories(target.getParent());
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException failed) {
      throw failure("write", key, failed);
    }
  }

  @Override
  public void delete(ObjectKey key) {
    Path file = file(key);
    try {
      if (!Files.isDirectory(file)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failed) {
      throw failure("delete", key, failed);
    }
  }

  @Override
  public Optional<Examined> examine(ObjectKey key, int first) {
    try (InputStream content = Files.newInputStream(regular(key))) {
      return Optional.of(
          new Examined(Files.size(file(key)), content.readNBytes(first), Optional.empty()));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException failed) {
      throw failure("read", key, failed);
    }
  }

  @Override
  public void copy(ObjectKey from, ObjectKey to) {
    try (InputStream content = stream(from)) {
      replace(to, content);
    } catch (IOException failed) {
      throw failure("copy", from, failed);
    }
  }

  @Override
  public PresignedUpload presignUpload(ObjectKey key, Declared declared, Duration lifetime) {
    throw unserved();
  }

  @Override
  public MultipartUploads multipart() {
    throw unserved();
  }

  private IllegalStateException unserved() {
    return new IllegalStateException(
        "the local folder "
            + root
            + " has no upload URLs, since nobody serves it; use an S3 store");
  }

  @Override
  public URI presignDownload(ObjectKey key, String mediaType, Duration lifetime) {
    return file(key).toUri();
  }

  @Override
  public void close() {}

  private Path regular(ObjectKey key) throws IOException {
    Path file = file(key);
    if (Files.isDirectory(file)) {
      throw new NoSuchFileException(key.path());
    }
    return file;
  }

  private Path file(ObjectKey key) {
    String path = key.path();
    boolean plain =
        !path.isEmpty()
            && path.indexOf('\0') < 0
            && Stream.of(path.split("/", -1)).allMatch(LocalObjectStore::isName);
    Path file = plain ? root.resolve(path).normalize() : root;
    if (file.equals(root) || !file.startsWith(root) || file.startsWith(partial)) {
      throw new IllegalArgumentException("not a key of a local store: " + path);
    }
    return file;
  }

  private static boolean isName(String segment) {
    return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..");
  }

  private static UncheckedIOException failure(String verb, ObjectKey key, IOException cause) {
    return new UncheckedIOException("cannot " + verb + " " + key, cause);
  }
}
