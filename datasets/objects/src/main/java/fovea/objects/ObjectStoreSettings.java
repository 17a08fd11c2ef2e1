package fovea.objects;

import java.io.Serializable;

/**
 * Where objects lie and how to get in. Serializable: executors open their own store from it.
 *
 * @param kind {@code s3} (also R2 and MinIO, by endpoint) or {@code local}
 * @param endpoint URL of the service; empty for AWS itself; for {@code local} the folder
 * @param region for example {@code us-east-1}; {@code auto} for R2
 * @param bucket the one private bucket
 * @param accessKey empty: the SDK's own chain of credentials
 * @param secretKey empty: the SDK's own chain of credentials
 * @param pathStyle whether the bucket stands in the path instead of the host name
 */
public record ObjectStoreSettings(
    String kind,
    String endpoint,
    String region,
    String bucket,
    String accessKey,
    String secretKey,
    boolean pathStyle)
    implements Serializable {

  /** A folder of this machine. */
  public static ObjectStoreSettings local(java.nio.file.Path folder) {
    return new ObjectStoreSettings("local", folder.toString(), "local", "local", "", "", true);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return kind + " " + endpoint + " bucket " + bucket;
  }
}
