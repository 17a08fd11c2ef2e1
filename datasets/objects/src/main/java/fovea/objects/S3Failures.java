package fovea.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns the SDK's exceptions into ours: the key and the service's code, never a credential. */
final class S3Failures {
  private S3Failures() {}

  static boolean isAbsence(SdkException failure) {
    return failure instanceof AwsServiceException service && service.statusCode() == 404;
  }

  static UncheckedIOException of(String verb, String name, SdkException failure) {
    return new UncheckedIOException(
        "cannot " + verb + " " + name + ": " + reason(failure), new IOException(failure));
  }

  // The service's own message can quote the access key: its status and code say enough.
  private static String reason(SdkException failure) {
    if (failure instanceof AwsServiceException service) {
      String code =
          service.awsErrorDetails() == null ? "" : " " + service.awsErrorDetails().errorCode();
      return "the store answered " + service.statusCode() + code;
    }
    return String.valueOf(failure.getMessage());
  }
}
