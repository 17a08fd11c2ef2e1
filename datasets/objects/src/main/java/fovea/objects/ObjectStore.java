package fovea.objects;

import fovea.contract.capture.ObjectKey;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where objects lie. Implementations are safe for use by several threads; a failure of the store is
 * an {@link UncheckedIOException} whose message names the key, never a credential.
 */
public interface ObjectStore extends AutoCloseable {

  /** Opens the store that the settings describe. */
  static ObjectStore open(ObjectStoreSettings settings) {
    return ObjectStores.open(settings);
  }

  /** Makes the bucket, or the folder, where there is none; repeating it changes nothing. */
  void ensureBucket();

  /**
   * Objects whose key begins with {@code prefix}, in key order, fetched page by page as they are
   * consumed; folder markers (keys that end in {@code /}) are left out. Close the stream if not
   * read to its end.
   */
  Stream<StoredObject> list(String prefix);

  /** Size and time of an object, or empty where there is none. */
  Optional<StoredObject> find(ObjectKey key);

  /**
   * The whole content, at most {@code mostBytes}.
   *
   * @return empty where there is no such object
   * @throws ObjectTooLarge where it is larger; nothing beyond the limit is read
   */
  Optional<byte[]> read(ObjectKey key, long mostBytes);

  /**
   * The whole content with the hash that the store keeps of it; in all else as {@link #read}.
   *
   * @return empty where there is no such object
   */
  default Optional<Fetched> fetch(ObjectKey key, long mostBytes) {
    return read(key, mostBytes).map(bytes -> new Fetched(bytes, Optional.empty()));
  }

  /**
   * The content as a stream, for objects of any size; the caller closes it.
   *
   * @throws UncheckedIOException caused by {@link java.io.FileNotFoundException} where there is no
   *     such object
   */
  InputStream stream(ObjectKey key);

  /** Writes an object from memory, replacing any of the same key. */
  void write(ObjectKey key, byte[] content, String mediaType);

  /** Writes an object from a file, replacing any of the same key; never held in memory whole. */
  void write(ObjectKey key, Path file, String mediaType);

  /** Removes an object; no error where there is none. */
  void delete(ObjectKey key);

  /**
   * What lies under a key, without reading it: size, first bytes and the hash that the store keeps.
   *
   * @param first how many of the first bytes
   * @return empty where there is no such object
   */
  Optional<Examined> examine(ObjectKey key, int first);

  /** Copies an object within the store, replacing any of the other key. */
  void copy(ObjectKey from, ObjectKey to);

  /**
   * A URL that accepts one PUT of exactly the declared size, media type and, where declared, hash,
   * until it expires. It makes an object and never replaces one: who tries it again gets 412.
   *
   * @param lifetime at most 7 days
   * @throws IllegalStateException for a local folder: nobody serves it
   */
  PresignedUpload presignUpload(ObjectKey key, Declared declared, Duration lifetime);

  /**
   * Uploads in parts by signed URLs.
   *
   * @throws IllegalStateException for a local folder: nobody serves it
   */
  MultipartUploads multipart();

  /**
   * A URL that serves the object as an attachment of no particular type until it expires, so that
   * no browser renders it. For a local folder a {@code file:} URI that never expires.
   *
   * @param lifetime at most 7 days
   */
  default URI presignDownload(ObjectKey key, Duration lifetime) {
    return presignDownload(key, "application/octet-stream", lifetime);
  }

  /**
   * The same with a media type; what is immutable may be kept by the browser that fetched it.
   *
   * @param lifetime at most 7 days
   */
  URI presignDownload(ObjectKey key, String mediaType, Duration lifetime);

  @Override
  void close();

  /**
   * An object in a listing.
   *
   * @param bytes its size
   * @param modified when it was last written
   */
  record StoredObject(ObjectKey key, long bytes, Instant modified) {}

  /**
   * What an uploader says of its file.
   *
   * @param sha256 lower-case hexadecimal; the store refuses bytes of another hash
   */
  record Declared(String mediaType, long bytes, Optional<String> sha256) {}

  /**
   * An object seen from outside.
   *
   * @param head its first bytes, fewer where it is shorter
   * @param sha256 lower-case hexadecimal; empty where the store keeps none
   */
  record Examined(long bytes, byte[] head, Optional<String> sha256) {}

  /**
   * A signed upload: PUT the content to {@code url} with exactly these headers.
   *
   * @param headers to send, for example {@code content-type}; {@code content-length} is signed too,
   *     but every HTTP client sends that by itself
   */
  record PresignedUpload(URI url, Map<String, String> headers, Instant expires) {}

  /**
   * Content as it arrived.
   *
   * @param md5 of the content as stored, lower-case hexadecimal; empty where the store tells none
   */
  record Fetched(byte[] bytes, Optional<String> md5) {

    /** Whether what arrived is what is stored, as far as the store lets one tell. */
    public boolean isAsStored() {
      return md5.isEmpty() || md5.get().equals(Md5.hex(bytes));
    }
  }

  /** The object is larger than the reader accepts. */
  final class ObjectTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the key, its size and the limit, in bytes. */
    public ObjectTooLarge(ObjectKey key, long bytes, long mostBytes) {
      super(key + " has " + bytes + " bytes, more than " + mostBytes);
    }
  }
}
