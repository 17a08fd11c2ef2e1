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
import fovea.imaging.PixelsAlone;
import fovea.imaging.Thumbnail;
import fovea.ingest.archive.Archive;
import fovea.objects.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private Optional<Fetched> fetch(Upload upload) {
    return retry.of(
        () -> {
          Optional<Fetched> first = read(upload);
          return first.isEmpty() || first.get().isTrusted(upload)
              ? first
              : second(first.get(), upload);
        });
  }

  // A read that differs from what was declared, or from the store's own hash, may be the
  // transport's fault: it counts once a second read says the same.
  private Optional<Fetched> second(Fetched first, Upload upload) {
    Optional<Fetched> second = read(upload);
    if (second.isPresent()
        && !second.get().isTrusted(upload)
        && !second.get().sha256().equals(first.sha256())) {
      throw new UncheckedIOException(
          new IOException(upload.key() + " arrives with other bytes each time"));
    }
    return second;
  }

  private Optional<Fetched> read(Upload upload) {
    return store.fetch(upload.key(), Limits.MAX_BYTES).map(Fetched::of);
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
    return upload.kind() == Upload.Kind.POSES ? poses(found) : picture(found, upload.kind());
  }

  private static Finding poses(Fetched found) {
    return PosesCheck.problem(found.content())
        .map(problem -> unsound(RejectionReason.BAD_POSES, problem, found))
        .orElseGet(() -> withoutContent(found, Optional.empty()));
  }

  private static Finding picture(Fetched found, Upload.Kind kind) {
    if (Archive.sniff(found.content())) {
      return new Finding.Packed(found.content(), found.sha256());
    }
    if (ImageFormat.sniff(found.content()).equals(Optional.of(ImageFormat.DICOM))) {
      return dicom(found, kind);
    }
    Inspection inspection = HeaderInspector.inspect(found.content());
    if (inspection instanceof Inspection.Rejected rejected) {
      return unsound(rejected.reason(), rejected.detail(), found);
    }
    ImageHeader header = ((Inspection.Accepted) inspection).header();
    return kind == Upload.Kind.FUNDUS ? retina(found, header) : face(found, header);
  }

  // Making the thumbnail proves that the picture decodes. What a camera or a person wrote beside
  // the
  // pixels may name a patient: it stays in the upload.
  private static Finding retina(Fetched found, ImageHeader header) {
    Optional<byte[]> thumbnail = Thumbnail.of(found.content(), header);
    if (thumbnail.isEmpty()) {
      return unsound(RejectionReason.DECODE_FAILED, "", found);
    }
    byte[] pixels = PixelsAlone.of(found.content(), header);
    return sound(found, Optional.of(pixels), Optional.of(header), thumbnail, Optional.empty());
  }

  // The header names a patient: only pixels and a few attributes go on, and who takes them out
  // judges it too, so that it is read once. Photographs of sessions are read from the object store
  // by those who know JPEG and PNG.
  private static Finding dicom(Fetched found, Upload.Kind kind) {
    if (kind != Upload.Kind.FUNDUS) {
      return unsound(RejectionReason.UNSUPPORTED_ENCODING, "DICOM in a session", found);
    }
    Deidentification answer = Deidentifier.deidentify(found.content());
    if (answer instanceof Deidentification.Refused refused) {
      return unsound(refused.reason(), refused.detail(), found);
    }
    Deidentification.Clean clean = (Deidentification.Clean) answer;
    return sound(
        found,
        Optional.of(clean.content()),
        Optional.of(clean.header()),
        thumbnail(clean.content()),
        Optional.of(clean.attributes()));
  }

  private static Optional<byte[]> thumbnail(byte[] still) {
    return HeaderInspector.inspect(still) instanceof Inspection.Accepted accepted
        ? Thumbnail.of(still, accepted.header())
        : Optional.empty();
  }

  // No copy of a face, however small, leaves the identified zone.
  private static Finding face(Fetched found, ImageHeader header) {
    return Decoder.verify(found.content(), header)
        .map(reason -> unsound(reason, "", found))
        .orElseGet(() -> withoutContent(found, Optional.of(header)));
  }

  private static Finding withoutContent(Fetched found, Optional<ImageHeader> header) {
    return sound(found, Optional.empty(), header, Optional.empty(), Optional.empty());
  }

  private static Finding sound(
      Fetched found,
      Optional<byte[]> content,
      Optional<ImageHeader> header,
      Optional<byte[]> thumbnail,
      Optional<String> dicom) {
    return new Finding.Sound(
        content, found.sha256(), found.content().length, header, thumbnail, dicom);
  }

  private static Finding unsound(RejectionReason reason, String detail, Fetched found) {
    return new Finding.Unsound(reason, detail, Optional.of(found.sha256()), found.content().length);
  }
}
