package fovea.ingest.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ObjectKey;
import fovea.contract.capture.RejectionReason;
import fovea.ingest.Pictures;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadInspectorTest {
  private static final ObjectKey KEY = new ObjectKey("research/fundus/one");
  private static final AtomicInteger FLIPS = new AtomicInteger();
  private static final UnaryOperator<byte[]> CUT =
      content -> {
        throw new UncheckedIOException(new IOException("connection reset"));
      };
  private static final UnaryOperator<byte[]> FLIPPED =
      content -> {
        byte[] copy = content.clone();
        copy[copy.length / 2] ^= 1;
        return copy;
      };

  private static final UnaryOperator<byte[]> FLIPPED_ANYWHERE =
      content -> {
        byte[] copy = content.clone();
        copy[FLIPS.incrementAndGet()] ^= 1;
        return copy;
      };

  @TempDir private Path folder;
  private final AtomicInteger reads = new AtomicInteger();
  private final Deque<UnaryOperator<byte[]>> faults = new ArrayDeque<>();
  private final byte[] picture = Pictures.jpeg(1);
  private UploadInspector inspector;
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = ObjectStore.open(ObjectStoreSettings.local(folder));
    inspector = new UploadInspector(faulty(store), new Retry(3, 1));
    store.write(KEY, picture, "image/jpeg");
  }

  @Test
  void a_sound_picture_costs_one_read() {
    assertThat(inspect(Upload.Kind.FUNDUS, picture)).isInstanceOf(Finding.Sound.class);
    assertThat(reads).hasValue(1);
  }

  @Test
  void a_broken_connection_is_tried_again_and_then_fails_the_run() {
    faults.addAll(List.of(CUT, CUT));
    assertThat(inspect(Upload.Kind.FUNDUS, picture)).isInstanceOf(Finding.Sound.class);
    faults.addAll(List.of(CUT, CUT, CUT));
    assertThatThrownBy(() -> inspect(Upload.Kind.FUNDUS, picture))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void a_byte_flipped_on_the_way_is_read_again_not_believed() {
    faults.add(FLIPPED);
    assertThat(inspect(Upload.Kind.FUNDUS, picture)).isInstanceOf(Finding.Sound.class);
    assertThat(reads).hasValue(2);
  }

  @Test
  void without_a_declared_hash_the_store_s_own_tells_of_a_flipped_byte() {
    faults.add(FLIPPED);
    Upload upload = new Upload(Upload.Kind.FUNDUS, KEY, picture.length, Optional.empty());
    Finding finding = inspector.inspect(upload);
    assertThat(((Finding.Sound) finding).sha256()).isEqualTo(Pictures.sha256(picture));
    assertThat(reads).hasValue(2);
  }

  @Test
  void bytes_that_change_with_every_read_are_never_believed() {
    faults.addAll(Collections.nCopies(6, FLIPPED_ANYWHERE));
    assertThatThrownBy(() -> inspect(Upload.Kind.FUNDUS, picture))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("other bytes each time");
  }

  @Test
  void a_retinal_photograph_has_a_thumbnail_and_a_face_has_none() {
    Finding.Sound retina = (Finding.Sound) inspect(Upload.Kind.FUNDUS, picture);
    assertThat(retina.thumbnail()).isPresent();
    Finding.Sound face = (Finding.Sound) inspect(Upload.Kind.PHOTO, picture);
    assertThat(face.thumbnail()).isEmpty();
  }

  @Test
  void other_bytes_than_declared_are_kept_out() {
    assertThat(reason(Upload.Kind.FUNDUS, Pictures.jpeg(2)))
        .isEqualTo(RejectionReason.HASH_MISMATCH);
  }

  @Test
  void an_absent_object_is_missing() {
    store.delete(KEY);
    assertThat(reason(Upload.Kind.FUNDUS, picture)).isEqualTo(RejectionReason.OBJECT_MISSING);
  }

  @Test
  void poses_are_json_or_text() {
    assertThat(posesReason("{\"frames\": [{}]}")).isEmpty();
    assertThat(posesReason("2\na.png 1 0 0\n")).isEmpty();
    assertThat(posesReason("{\"frames\": [")).contains(RejectionReason.BAD_POSES);
    assertThat(posesReason("{} {}")).contains(RejectionReason.BAD_POSES);
    assertThat(posesReason("a\0b")).contains(RejectionReason.BAD_POSES);
  }

  private Optional<RejectionReason> posesReason(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    store.write(KEY, content, "application/json");
    return inspect(Upload.Kind.POSES, content) instanceof Finding.Unsound unsound
        ? Optional.of(unsound.reason())
        : Optional.empty();
  }

  private RejectionReason reason(Upload.Kind kind, byte[] declared) {
    return ((Finding.Unsound) inspect(kind, declared)).reason();
  }

  private Finding inspect(Upload.Kind kind, byte[] declared) {
    return inspector.inspect(
        new Upload(kind, KEY, declared.length, Optional.of(Pictures.sha256(declared))));
  }

  // The real store behind a wire that now and then does to a read what the next fault says.
  private ObjectStore faulty(ObjectStore real) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(real, arguments);
                return method.getName().equals("fetch") ? onTheWire((Optional<?>) answer) : answer;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  // A folder keeps no hash; S3 does.
  private static Optional<String> hash(ObjectStore.Fetched sent) {
    return Optional.of(Pictures.md5(sent.bytes()));
  }

  private Optional<ObjectStore.Fetched> onTheWire(Optional<?> content) {
    reads.incrementAndGet();
    UnaryOperator<byte[]> fault = faults.isEmpty() ? UnaryOperator.identity() : faults.pop();
    return content
        .map(ObjectStore.Fetched.class::cast)
        .map(sent -> new ObjectStore.Fetched(fault.apply(sent.bytes()), hash(sent)));
  }
}
