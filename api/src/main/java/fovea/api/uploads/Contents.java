package fovea.api.uploads;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.contract.model.ModelFormat;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStore.Declared;
import fovea.objects.ObjectStore.Examined;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Whether what lies in the store is what was declared: by size, hash and first bytes. */
public final class Contents {
  /** DICOM is told by bytes 128 to 131. */
  private static final int HEAD = 132;

  private static final byte[] ZIP = "PK".getBytes(US_ASCII);
  private static final byte[] GLB = "glTF".getBytes(US_ASCII);

  private final ObjectStore objects;

  public Contents(ObjectStore objects) {
    this.objects = objects;
  }

  /** What is wrong, or empty. */
  public Optional<CallerMistake> problem(ObjectKey key, Declared declared) {
    return objects
        .examine(key, HEAD)
        .map(found -> difference(key, declared, found))
        .orElseGet(() -> Optional.of(missing()));
  }

  /** Deletes what is not what was declared; whether there was such a thing. */
  boolean removeIfWrong(ObjectKey key, Declared declared) {
    Optional<Examined> found = objects.examine(key, HEAD);
    boolean wrong = found.isPresent() && difference(key, declared, found.get()).isPresent();
    if (wrong) {
      objects.delete(key);
    }
    return wrong;
  }

  private Optional<CallerMistake> difference(ObjectKey key, Declared declared, Examined found) {
    if (found.bytes() != declared.bytes()) {
      return Optional.of(
          new CallerMistake(
              "upload-size-differs",
              found.bytes() + " bytes arrived where " + declared.bytes() + " were declared",
              "Upload the whole file again"));
    }
    if (!isOfKind(declared.mediaType(), found.head())) {
      return Optional.of(
          new CallerMistake(
              "invalid-file-type",
              "the content does not begin like " + declared.mediaType(),
              "Convert the file, and ask for another upload"));
    }
    if (declared.sha256().isPresent()
        && !declared.sha256().get().equals(found.sha256().orElseGet(() -> read(key)))) {
      return Optional.of(
          new CallerMistake(
              "upload-hash-differs",
              "other bytes arrived than those of the declared sha256",
              "Upload the file again, or declare what it is now"));
    }
    return Optional.empty();
  }

  // Of pictures any kind will do: the content decides which it is.
  private static boolean isOfKind(String mediaType, byte[] head) {
    if (mediaType.equals(ModelFormat.GLB.mediaType())) {
      return begins(head, GLB);
    }
    return !Uploads.IMAGES.contains(mediaType)
        || ImageFormat.sniff(head).isPresent()
        || begins(head, ZIP);
  }

  private static boolean begins(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  // Stores keep no hash of what came in parts: it is read once, and not kept.
  private String read(ObjectKey key) {
    MessageDigest digest = Sha256.digest();
    try (InputStream content = new DigestInputStream(objects.stream(key), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
      return Sha256.hex(digest);
    } catch (IOException cut) {
      throw new UncheckedIOException("cannot read " + key, cut);
    }
  }

  private static CallerMistake missing() {
    return new CallerMistake(
        "upload-missing", "the content has not arrived", "PUT it to the upload URL, then complete");
  }
}
