package fovea.ingest.check;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.Limits;
import fovea.contract.capture.RejectionReason;
import fovea.imaging.Decoder;
import fovea.imaging.Deidentifier;
import fovea.imaging.Deidentifier.Deidentification;
import fovea.imaging.HeaderInspector;
import fovea.imaging.ImageHeader;
import fovea.imaging.Inspection;
import fovea.ingest.archive.Archive;
import fovea.objects.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Fetches an upload once and judges it by its bytes. */
public final class UploadInspector {
  private final ObjectStore store;
  private final Retry retry;

  /** Reads from a store; only failures of transport are tried again. */
  public UploadInspector(ObjectStore store, Retry retry) {
    this.store = store;
    this.retry = retry;
  }

  /**
   * What lies under the upload's key: one GET where all is well.
   *
   * @throws UncheckedIOException where the store does not answer; never for a bad file
   */
  public Finding inspect(Upload upload) {
    try {
      Optional<Fetched> fetched = fetch(upload);
      return fetched.isPresent() ? judge(upload, fetched.get()) : absent(upload);
    } catch (ObjectStore.ObjectTooLarge tooLarge) {
      return new Finding.Unsound(
          RejectionReason.FILE_TOO_LARGE, "", Optional.empty(), upload.bytes());
    }
  }

  // A read that differs from the declaration may be the transport's fault: it counts once a second
  // read says the same.
  private Optional<Fetched> fetch(Upload upload) {
    Optional<Fetched> first = read(upload);
    return first.isEmpty() || first.get().asDeclared(upload) ? first : read(upload);
  }

  private Optional<Fetched> read(Upload upload) {
    return retry.of(() -> store.read(upload.key(), Limits.MAX_BYTES)).map(Fetched::of);
  }

  // A lost bucket answers "no such object" too: a listing tells the two apart, and throws.
  private Finding absent(Upload upload) {
    String path = upload.key().path();
    boolean listed =
        retry.of(
            () -> {
              try (var objects = store.list(path)) {
                return objects.anyMatch(object -> object.key().path().equals(path));
              }
            });
    if (listed) {
      throw new UncheckedIOException(new IOException(path + " is listed but cannot be read"));
    }
    return new Finding.Unsound(RejectionReason.OBJECT_MISSING, "", Optional.empty(), 0);
  }

  private static Finding judge(Upload upload, Fetched found) {
    if (found.content().length == 0) {
      return unsound(RejectionReason.EMPTY_FILE, "", found);
    }
    if (!found.asDeclared(upload)) {
      String sizes = found.content().length + " bytes, declared " + upload.bytes();
      return unsound(RejectionReason.HASH_MISMATCH, sizes, found);
    }
    return upload.kind() == Upload.Kind.POSES ? poses(found) : picture(upload.kind(), found);
  }

  private static Finding poses(Fetched found) {
    return PosesCheck.problem(found.content())
        .map(problem -> unsound(RejectionReason.BAD_POSES, problem, found))
        .orElseGet(() -> sound(found, Optional.empty()));
  }

  private static Finding picture(Upload.Kind kind, Fetched found) {
    if (Archive.sniff(found.content())) {
      return new Finding.Packed(found.content(), found.sha256());
    }
    Inspection inspection = HeaderInspector.inspect(found.content());
    if (inspection instanceof Inspection.Rejected rejected) {
      return unsound(rejected.reason(), rejected.detail(), found);
    }
    ImageHeader header = ((Inspection.Accepted) inspection).header();
    if (header.format() == ImageFormat.DICOM) {
      return dicom(kind, found);
    }
    return Decoder.verify(found.content())
        .map(reason -> unsound(reason, "", found))
        .orElseGet(() -> sound(found, Optional.of(header)));
  }

  // The header names a patient: only pixels and a few attributes go on. Photographs of sessions are
  // read from the object store by those who know JPEG and PNG.
  private static Finding dicom(Upload.Kind kind, Fetched found) {
    if (kind != Upload.Kind.FUNDUS) {
      return unsound(RejectionReason.UNSUPPORTED_ENCODING, "DICOM in a session", found);
    }
    Deidentification answer = Deidentifier.deidentify(found.content());
    if (answer instanceof Deidentification.Refused refused) {
      return unsound(refused.reason(), refused.detail(), found);
    }
    Deidentification.Clean clean = (Deidentification.Clean) answer;
    return new Finding.Sound(
        clean.content(),
        found.sha256(),
        found.content().length,
        Optional.of(clean.header()),
        Optional.of(clean.attributes()));
  }

  private static Finding sound(Fetched found, Optional<ImageHeader> header) {
    return new Finding.Sound(
        found.content(), found.sha256(), found.content().length, header, Optional.empty());
  }

  private static Finding unsound(RejectionReason reason, String detail, Fetched found) {
    return new Finding.Unsound(reason, detail, Optional.of(found.sha256()), found.content().length);
  }

  /** Bytes and their hash, taken once. */
  private record Fetched(byte[] content, String sha256) {
    static Fetched of(byte[] content) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
        return new Fetched(content, HexFormat.of().formatHex(hash));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    boolean asDeclared(Upload upload) {
      return content.length == upload.bytes()
          && (upload.sha256().isEmpty() || upload.sha256().get().equals(sha256));
    }
  }
}
