package fovea.api;

import fovea.objects.ObjectStore.PresignedUpload;
import fovea.registry.Made;
import fovea.registry.Upload;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers that several routes give. */
final class Answers {
  private Answers() {}

  /** 201 for what is new, 200 for what was there. */
  static int made(Made made) {
    return made.isNew() ? 201 : 200;
  }

  record Id(UUID id) {}

  record Status(UUID id, String status) {
    static Status of(Upload upload) {
      return new Status(upload.id(), upload.status());
    }
  }

  /** Where to PUT the content, with exactly these headers. */
  record Put(URI url, Map<String, String> headers, Instant expires) {
    static Put of(PresignedUpload upload) {
      return new Put(upload.url(), upload.headers(), upload.expires());
    }
  }

  record Requested(UUID id, String status, Put upload) {}

  record Verdict(
      UUID id,
      String status,
      @Nullable String reasonCode,
      @Nullable String reason,
      @Nullable UUID duplicateOf) {
    static Verdict of(Upload upload) {
      return new Verdict(
          upload.id(), upload.status(), upload.reasonCode(), upload.reason(), upload.duplicateOf());
    }
  }
}
