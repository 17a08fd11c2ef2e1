package fovea.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStore.ObjectTooLarge;
import fovea.objects.ObjectStore.StoredObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every object store does, whatever lies behind it. A subclass names a store; each test keeps
 * to a prefix of its own, so the store may be one for all of them.
 */
public abstract class ObjectStoreContract {
  private static final String BYTES = "application/octet-stream";
  private static final int MORE_THAN_A_PAGE = 1003;
  // More than the 64 MiB from which an upload goes in parts, and no multiple of a part.
  private static final long LARGE = (65L << 20) + 12_345;

  private final String prefix = "contract/" + UUID.randomUUID() + "/";

  /** The store under test. */
  protected abstract ObjectStore store();

  @Test
  void what_was_written_is_read_back() {
    byte[] everyByte = new byte[256];
    IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
    store().write(key("bytes"), everyByte, BYTES);
    assertThat(store().read(key("bytes"), 256)).hasValue(everyByte);
  }

  @Test
  void an_empty_object_is_an_object() {
    store().write(key("empty"), new byte[0], BYTES);
    assertThat(store().read(key("empty"), 10)).hasValue(new byte[0]);
    assertThat(store().read(key("empty"), 0)).hasValue(new byte[0]);
    assertThat(store().find(key("empty")).orElseThrow().bytes()).isZero();
  }

  @Test
  void names_with_signs_keep_them() {
    ObjectKey odd = key("day=2026-01-31/part+0 (1)~%41&x.parquet");
    write(odd, "odd");
    assertThat(text(odd)).isEqualTo("odd");
    assertThat(keys(prefix)).containsExactly(odd.path());
  }

  @Test
  void a_second_write_replaces_the_first() {
    write(key("twice"), "first, and longer");
    write(key("twice"), "second");
    assertThat(text(key("twice"))).isEqualTo("second");
    assertThat(keys(prefix)).hasSize(1);
  }

  @Test
  void what_is_absent_is_empty_not_an_error() {
    assertThat(store().find(key("absent"))).isEmpty();
    assertThat(store().read(key("absent"), 10)).isEmpty();
    assertThat(store().list(prefix)).isEmpty();
  }

  @Test
  void a_stream_of_what_is_absent_says_so_by_its_key() {
    assertThatThrownBy(() -> store().stream(key("absent")))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(key("absent").path());
  }

  @Test
  void finding_tells_size_and_time() {
    write(key("found"), "seven b");
    StoredObject found = store().find(key("found")).orElseThrow();
    assertThat(found.key()).isEqualTo(key("found"));
    assertThat(found.bytes()).isEqualTo(7);
    assertThat(Duration.between(found.modified(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void reading_stops_at_the_limit() {
    write(key("limit"), "0123456789");
    assertThat(store().read(key("limit"), 10)).isPresent();
    assertThatThrownBy(() -> store().read(key("limit"), 9))
        .isInstanceOf(ObjectTooLarge.class)
        .hasMessageContaining("10 bytes, more than 9");
  }

  @Test
  void listing_takes_the_prefix_as_text_not_as_a_folder() {
    Stream.of("a/1", "ab/1", "b/1").forEach(name -> write(key(name), name));
    assertThat(keys(prefix + "a")).containsExactly(key("a/1").path(), key("ab/1").path());
    assertThat(keys(prefix + "a/")).containsExactly(key("a/1").path());
    assertThat(keys(prefix + "a/1")).containsExactly(key("a/1").path());
  }

  @Test
  void listing_follows_the_order_of_keys() {
    List<String> names = List.of("b", "a/z", "a-b/x", "a.c", "a/b/c", "a0");
    names.forEach(name -> write(key(name), name));
    assertThat(keys(prefix))
        .containsExactlyElementsOf(names.stream().map(prefix::concat).sorted().toList());
  }

  @Test
  void listing_goes_on_past_the_first_page() {
    plant(
        IntStream.range(0, MORE_THAN_A_PAGE)
            .mapToObj(i -> key(String.format("many/%04d", i)))
            .toList());
    assertThat(store().list(prefix + "many/")).hasSize(MORE_THAN_A_PAGE);
    try (Stream<StoredObject> some = store().list(prefix)) {
      assertThat(some.limit(3)).hasSize(3);
    }
  }

  @Test
  void deleting_twice_is_no_error() {
    write(key("gone"), "gone");
    store().delete(key("gone"));
    store().delete(key("gone"));
    assertThat(store().find(key("gone"))).isEmpty();
  }

  @Test
  void a_file_comes_back_whole_as_a_stream(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "from a file");
    store().write(key("file"), file, "text/plain");
    assertThat(text(key("file"))).isEqualTo("from a file");
    assertThat(Files.exists(file)).isTrue();
  }

  @Test
  void a_large_file_comes_back_whole(@TempDir Path folder) throws Exception {
    Path file = largeFile(folder);
    store().write(key("large"), file, BYTES);
    assertThat(store().find(key("large")).orElseThrow().bytes()).isEqualTo(LARGE);
    assertThat(sha256(store().stream(key("large")))).isEqualTo(sha256(Files.newInputStream(file)));
    store().delete(key("large"));
  }

  @Test
  void streams_closed_early_hold_nothing() throws Exception {
    store().write(key("early"), new byte[4 << 20], BYTES);
    for (int i = 0; i < 60; i++) {
      try (InputStream stream = store().stream(key("early"))) {
        assertThat(stream.readNBytes(4)).hasSize(4);
      }
    }
    store().delete(key("early"));
  }

  @Test
  void writers_at_once_leave_one_of_their_contents_whole() {
    IntStream.range(0, 16).parallel().forEach(i -> store().write(key("race"), filled(i), BYTES));
    byte[] left = store().read(key("race"), 1 << 20).orElseThrow();
    assertThat(left).isEqualTo(filled(left[0]));
  }

  @Test
  void making_the_bucket_again_changes_nothing() {
    write(key("kept"), "kept");
    store().ensureBucket();
    assertThat(text(key("kept"))).isEqualTo("kept");
  }

  /** Makes many empty objects; a store that knows a faster way than writing them overrides it. */
  protected void plant(List<ObjectKey> keys) {
    keys.parallelStream().forEach(key -> write(key, ""));
  }

  /** A key under this test's own prefix. */
  protected final ObjectKey key(String name) {
    return new ObjectKey(prefix + name);
  }

  private void write(ObjectKey key, String text) {
    store().write(key, text.getBytes(UTF_8), "text/plain");
  }

  private String text(ObjectKey key) {
    try (InputStream stream = store().stream(key)) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<String> keys(String under) {
    return store().list(under).map(object -> object.key().path()).toList();
  }

  private static byte[] filled(int value) {
    byte[] content = new byte[100_000];
    Arrays.fill(content, (byte) value);
    return content;
  }

  // Zeros with a mark in each MiB, so that parts out of order show.
  private static Path largeFile(Path folder) throws IOException {
    Path path = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(LARGE);
      for (long at = 0; at < LARGE; at += 1 << 20) {
        file.seek(at);
        file.writeLong(at);
      }
    }
    return path;
  }

  private static byte[] sha256(InputStream content) throws Exception {
    MessageDigest digest = Sha256.digest();
    try (InputStream stream = new DigestInputStream(content, digest)) {
      stream.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return digest.digest();
  }
}
