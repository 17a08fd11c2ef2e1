package fovea.api.http;

import fovea.objects.ObjectStore.PresignedUpload;
import fovea.registry.Made;
import fovea.registry.Upload;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers that several routes give. */
public final class Answers {
  private Answers() {}

  /** 201 for what is new, 200 for what was there. */
  public static int made(Made made) {
    return made.isNew() ? 201 : 200;
  }

  public record Id(UUID id) {}

  public record Status(UUID id, String status) {
    public static Status of(Upload upload) {
      return new Status(upload.id(), upload.status());
    }
  }

  /** Where to PUT the content, with exactly these headers. */
  public record Put(URI url, Map<String, String> headers, Instant expires) {
    public static Put of(PresignedUpload upload) {
      return new Put(upload.url(), upload.headers(), upload.expires());
    }
  }

  public record Requested(UUID id, String status, Put upload) {}

  public record Verdict(
      UUID id,
      String status,
      @Nullable String reasonCode,
      @Nullable String reason,
      @Nullable UUID duplicateOf) {
    public static Verdict of(Upload upload) {
      return new Verdict(
          upload.id(), upload.status(), upload.reasonCode(), upload.reason(), upload.duplicateOf());
    }
  }
}
