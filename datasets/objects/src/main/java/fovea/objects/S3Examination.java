package fovea.objects;

import fovea.contract.capture.ObjectKey;
import fovea.objects.ObjectStore.Examined;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** A HEAD, which tells size and hash, and a GET of the first bytes of the same content. */
final class S3Examination {
  private S3Examination() {}

  static Optional<Examined> of(S3Client s3, String bucket, ObjectKey key, int first) {
    try {
      HeadObjectResponse head =
          s3.headObject(r -> r.bucket(bucket).key(key.path()).checksumMode(ChecksumMode.ENABLED));
      byte[] bytes =
          head.contentLength() == 0
              ? new byte[0]
              : s3.getObjectAsBytes(
                      r ->
                          r.bucket(bucket)
                              .key(key.path())
                              .ifMatch(head.eTag())
                              .range("bytes=0-" + (first - 1)))
                  .asByteArray();
      return Optional.of(new Examined(head.contentLength(), bytes, sha256(head)));
    } catch (SdkException failed) {
      if (S3Failures.isAbsence(failed)) {
        return Optional.empty();
      }
      throw S3Failures.of("examine", key.path(), failed);
    }
  }

  // Of an object in parts it is a hash of the parts' hashes, marked by their number.
  private static Optional<String> sha256(HeadObjectResponse head) {
    return Optional.ofNullable(head.checksumSHA256())
        .filter(base64 -> !base64.contains("-"))
        .map(base64 -> HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
  }
}
