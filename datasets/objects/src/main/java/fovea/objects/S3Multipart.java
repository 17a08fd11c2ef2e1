package fovea.objects;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore.PresignedUpload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Multipart uploads of one bucket. */
record S3Multipart(S3Client s3, S3Urls urls, String bucket) implements MultipartUploads {

  @Override
  public String begin(ObjectKey key, String mediaType) {
    try {
      return s3.createMultipartUpload(r -> r.bucket(bucket).key(key.path()).contentType(mediaType))
          .uploadId();
    } catch (SdkException failed) {
      throw S3Failures.of("begin", key.path(), failed);
    }
  }

  @Override
  public Optional<List<Part>> parts(ObjectKey key, String upload) {
    try {
      return Optional.of(
          s3
              .listPartsPaginator(r -> r.bucket(bucket).key(key.path()).uploadId(upload))
              .parts()
              .stream()
              .map(part -> new Part(part.partNumber(), part.size(), part.eTag()))
              .toList());
    } catch (SdkException failed) {
      if (S3Failures.isAbsence(failed)) {
        return Optional.empty();
      }
      throw S3Failures.of("list the parts of", key.path(), failed);
    }
  }

  @Override
  public PresignedUpload presign(
      ObjectKey key, String upload, int number, long bytes, Duration lifetime) {
    return urls.part(key, upload, number, bytes, lifetime);
  }

  @Override
  public void join(ObjectKey key, String upload, List<Part> parts) {
    List<CompletedPart> all =
        parts.stream()
            .map(part -> CompletedPart.builder().partNumber(part.number()).eTag(part.tag()).build())
            .toList();
    try {
      s3.completeMultipartUpload(
          r ->
              r.bucket(bucket).key(key.path()).uploadId(upload).multipartUpload(m -> m.parts(all)));
    } catch (SdkException failed) {
      throw S3Failures.of("join", key.path(), failed);
    }
  }

  @Override
  public void giveUp(ObjectKey key, String upload) {
    try {
      s3.abortMultipartUpload(r -> r.bucket(bucket).key(key.path()).uploadId(upload));
    } catch (SdkException failed) {
      if (!S3Failures.isAbsence(failed)) {
        throw S3Failures.of("give up", key.path(), failed);
      }
    }
  }
}
