package fovea.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStore.Declared;
import fovea.objects.ObjectStore.PresignedUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** A small object put, read, refused and deleted: what uploads rely on. */
final class ObjectStoreTrial {
  private static final byte[] CONTENT = "fovea verify-setup".getBytes(US_ASCII);
  private static final byte[] OTHER = "fovea verify-putes".getBytes(US_ASCII);

  private ObjectStoreTrial() {}

  static String of(ObjectStore objects) {
    ObjectKey key = new ObjectKey("trials/" + UUID.randomUUID());
    Declared declared = new Declared("text/plain", CONTENT.length, Optional.of(Sha256.of(CONTENT)));
    PresignedUpload upload = objects.presignUpload(key, declared, Duration.ofMinutes(5));
    try (var ignored = new Removal(objects, key)) {
      require(put(upload, OTHER) / 100 != 2, "takes other bytes than those of a signed checksum");
      require(put(upload, CONTENT) == 200, "refuses an upload by a signed URL");
      require(put(upload, CONTENT) == 412, "replaces an object in spite of If-None-Match");
      byte[] read = objects.read(key, CONTENT.length).orElse(new byte[0]);
      require(Arrays.equals(read, CONTENT), "gives back other bytes than were put");
      return "put, read, signed URLs, checksums and If-None-Match are honoured";
    }
  }

  private record Removal(ObjectStore objects, ObjectKey key) implements AutoCloseable {
    @Override
    public void close() {
      objects.delete(key);
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new CallerMistake(
          "bad-setup", "the store " + otherwise, "Take another store, or a newer version of it");
    }
  }

  private static int put(PresignedUpload upload, byte[] content) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(upload.url())
            .timeout(Duration.ofSeconds(30))
            .PUT(BodyPublishers.ofByteArray(content));
    upload.headers().forEach(request::header);
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException down) {
      throw new UncheckedIOException("the store does not answer a signed URL", down);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
