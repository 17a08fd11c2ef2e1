package fovea.objects;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

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

  static final String S3 = "s3";
  static final String LOCAL = "local";

  /** A folder of this machine. */
  public static ObjectStoreSettings local(Path folder) {
    return new ObjectStoreSettings(LOCAL, folder.toString(), "local", "local", "", "", true);
  }

  /**
   * A bucket of an S3 service of one's own, such as MinIO: the bucket stands in the path.
   *
   * @param endpoint for example {@code http://127.0.0.1:9000}
   */
  public static ObjectStoreSettings s3(
      String endpoint, String bucket, String accessKey, String secretKey) {
    return new ObjectStoreSettings(S3, endpoint, "us-east-1", bucket, accessKey, secretKey, true);
  }

  /**
   * The store that environment variables name: {@code FOVEA_OBJECTS_DIR} (a folder), else {@code
   * R2_ACCOUNT_ID} with its keys where no {@code S3_ENDPOINT} is given, else {@code
   * S3_BUCKET_NAME}.
   *
   * @throws fovea.contract.errors.CallerMistake where a variable is missing or malformed
   */
  public static ObjectStoreSettings from(Map<String, String> environment) {
    return new ObjectStoreVariables(environment).settings();
  }

  /** The environment variables that {@link #from} reads these settings from. Holds the secret. */
  public Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    if (kind.equals(LOCAL)) {
      variables.put(ObjectStoreVariables.FOLDER, endpoint);
      return variables;
    }
    variables.put(ObjectStoreVariables.ENDPOINT, endpoint);
    variables.put(ObjectStoreVariables.BUCKET, bucket);
    variables.put(ObjectStoreVariables.REGION, region);
    variables.put(ObjectStoreVariables.ACCESS_KEY, accessKey);
    variables.put(ObjectStoreVariables.SECRET_KEY, secretKey);
    variables.put(ObjectStoreVariables.PATH_STYLE, Boolean.toString(pathStyle));
    return variables;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return kind + " " + endpoint + " bucket " + bucket;
  }
}
