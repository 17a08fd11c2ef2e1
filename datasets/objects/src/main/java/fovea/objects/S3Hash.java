package fovea.objects;

import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** The MD5 in an ETag. */
final class S3Hash {
  private static final Pattern MD5 = Pattern.compile("\"?([0-9a-f]{32})\"?");

  private S3Hash() {}

  /**
   * The content's MD5; empty for objects written in parts or encrypted with keys of KMS or of the
   * customer, whose ETags are none.
   */
  static Optional<String> of(GetObjectResponse response) {
    ServerSideEncryption encryption = response.serverSideEncryption();
    boolean plain = encryption == null || encryption == ServerSideEncryption.AES256;
    if (!plain || response.sseCustomerAlgorithm() != null || response.eTag() == null) {
      return Optional.empty();
    }
    return Optional.of(MD5.matcher(response.eTag())).filter(m -> m.matches()).map(m -> m.group(1));
  }
}
