package fovea.objects;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore.PresignedUpload;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Signed URLs: made here, without asking the service. */
record S3Urls(S3Presigner presigner, String bucket) {
  private static final Duration LONGEST = Duration.ofDays(7);

  // Type and length become signed headers: the store refuses a PUT that differs in either.
  PresignedUpload upload(ObjectKey key, String mediaType, long bytes, Duration lifetime) {
    PutObjectRequest put =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key.path())
            .contentType(mediaType)
            .contentLength(bytes)
            .build();
    PresignedPutObjectRequest signed =
        presigner.presignPutObject(
            r -> r.signatureDuration(checked(lifetime)).putObjectRequest(put));
    return new PresignedUpload(
        URI.create(signed.url().toString()),
        Map.of("content-type", mediaType),
        signed.expiration());
  }

  URI download(ObjectKey key, Duration lifetime) {
    String path = key.path();
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    GetObjectRequest get =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(path)
            .responseContentDisposition("attachment; filename=\"" + name + "\"")
            .responseContentType("application/octet-stream")
            .build();
    return URI.create(
        presigner
            .presignGetObject(r -> r.signatureDuration(checked(lifetime)).getObjectRequest(get))
            .url()
            .toString());
  }

  void close() {
    presigner.close();
  }

  private static Duration checked(Duration lifetime) {
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a signed URL lives from one second to seven days, cannot be: " + lifetime);
    }
    return lifetime;
  }
}
