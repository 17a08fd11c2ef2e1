package fovea.objects;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore.Declared;
import fovea.objects.ObjectStore.PresignedUpload;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signed URLs: made here, without asking the service. */
record S3Urls(S3Presigner presigner, String bucket) {
  private static final Duration LONGEST = Duration.ofDays(7);

  /** Sent by every HTTP client without being told. */
  private static final Set<String> IMPLIED = Set.of("host", "content-length");

  /** A version of a model has a key of its own and never changes. */
  static Optional<String> caching(ObjectKey key, String whose) {
    return key.isModel() ? Optional.of(whose + ", max-age=31536000, immutable") : Optional.empty();
  }

  // What is declared becomes signed headers: the store refuses a PUT that differs in any. So does
  // If-None-Match: a URL that leaks after its use replaces nothing.
  PresignedUpload upload(ObjectKey key, Declared declared, Duration lifetime) {
    PutObjectRequest put =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key.path())
            .contentType(declared.mediaType())
            .contentLength(declared.bytes())
            .checksumSHA256(declared.sha256().map(S3Urls::base64).orElse(null))
            .ifNoneMatch("*")
            .build();
    return presigned(
        presigner.presignPutObject(
            r -> r.signatureDuration(checked(lifetime)).putObjectRequest(put)));
  }

  PresignedUpload part(ObjectKey key, String upload, int number, long bytes, Duration lifetime) {
    UploadPartRequest part =
        UploadPartRequest.builder()
            .bucket(bucket)
            .key(key.path())
            .uploadId(upload)
            .partNumber(number)
            .contentLength(bytes)
            .build();
    return presigned(
        presigner.presignUploadPart(
            r -> r.signatureDuration(checked(lifetime)).uploadPartRequest(part)));
  }

  URI download(ObjectKey key, String mediaType, Duration lifetime) {
    String path = key.path();
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    GetObjectRequest get =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(path)
            .responseContentDisposition("attachment; filename=\"" + name + "\"")
            .responseContentType(mediaType)
            .responseCacheControl(caching(key, "private").orElse(null))
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

  private static PresignedUpload presigned(PresignedRequest signed) {
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, List<String>> header : signed.signedHeaders().entrySet()) {
      if (!IMPLIED.contains(header.getKey())) {
        headers.put(header.getKey(), String.join(",", header.getValue()));
      }
    }
    return new PresignedUpload(
        URI.create(signed.url().toString()), Map.copyOf(headers), signed.expiration());
  }

  private static String base64(String sha256) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256));
  }

  private static Duration checked(Duration lifetime) {
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a signed URL lives from one second to seven days, cannot be: " + lifetime);
    }
    return lifetime;
  }
}
