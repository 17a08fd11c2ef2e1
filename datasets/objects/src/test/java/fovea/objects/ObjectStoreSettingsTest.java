package fovea.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectStoreSettingsTest {
  private static final Map<String, String> MINIO =
      Map.of(
          "S3_ENDPOINT", "http://127.0.0.1:9000/",
          "S3_BUCKET_NAME", "images",
          "AWS_ACCESS_KEY_ID", "id",
          "AWS_SECRET_ACCESS_KEY", "secret");
  private static final Map<String, String> R2 =
      Map.of(
          "R2_ACCOUNT_ID", "0a1b2c",
          "R2_ACCESS_KEY_ID", "id",
          "R2_SECRET_ACCESS_KEY", "secret",
          "R2_BUCKET_NAME", "images");

  @Test
  void aws_needs_a_bucket_only() {
    ObjectStoreSettings aws =
        ObjectStoreSettings.from(Map.of("S3_BUCKET_NAME", "images", "AWS_REGION", "eu-central-1"));
    assertThat(aws)
        .isEqualTo(new ObjectStoreSettings("s3", "", "eu-central-1", "images", "", "", false));
  }

  @Test
  void an_endpoint_of_ones_own_takes_the_bucket_in_its_path() {
    assertThat(ObjectStoreSettings.from(MINIO))
        .isEqualTo(ObjectStoreSettings.s3("http://127.0.0.1:9000", "images", "id", "secret"));
    assertThat(ObjectStoreSettings.from(with(MINIO, "S3_PATH_STYLE", "false")).pathStyle())
        .isFalse();
  }

  @Test
  void r2_is_known_by_its_account() {
    assertThat(ObjectStoreSettings.from(R2))
        .isEqualTo(
            new ObjectStoreSettings(
                "s3",
                "https://0a1b2c.r2.cloudflarestorage.com",
                "auto",
                "images",
                "id",
                "secret",
                true));
    assertThat(ObjectStoreSettings.from(with(R2, "S3_ENDPOINT", "http://127.0.0.1:9")).endpoint())
        .isEqualTo("http://127.0.0.1:9");
  }

  @Test
  void a_folder_comes_before_any_bucket() {
    assertThat(ObjectStoreSettings.from(with(MINIO, "FOVEA_OBJECTS_DIR", "data/objects")))
        .isEqualTo(ObjectStoreSettings.local(Path.of("data/objects")));
  }

  @Test
  void settings_survive_their_own_variables() {
    for (Map<String, String> given : java.util.List.of(MINIO, R2)) {
      ObjectStoreSettings settings = ObjectStoreSettings.from(given);
      assertThat(ObjectStoreSettings.from(settings.variables())).isEqualTo(settings);
    }
    ObjectStoreSettings local = ObjectStoreSettings.local(Path.of("objects"));
    assertThat(ObjectStoreSettings.from(local.variables())).isEqualTo(local);
  }

  @Test
  void temporary_credentials_are_left_to_the_sdk() {
    assertThat(ObjectStoreSettings.from(with(MINIO, "AWS_SESSION_TOKEN", "t")).accessKey())
        .isEmpty();
  }

  @Test
  void what_is_missing_is_named() {
    assertMistake(Map.of(), "S3_BUCKET_NAME");
    assertMistake(Map.of(), "FOVEA_OBJECTS_DIR");
    assertMistake(Map.of("R2_ACCOUNT_ID", "a", "R2_BUCKET_NAME", "images"), "R2_ACCESS_KEY_ID");
    assertMistake(with(R2, "R2_BUCKET_NAME", ""), "R2_BUCKET_NAME");
    assertMistake(with(MINIO, "AWS_ACCESS_KEY_ID", ""), "AWS_ACCESS_KEY_ID");
  }

  @Test
  void what_is_malformed_is_named() {
    assertMistake(with(MINIO, "S3_ENDPOINT", "127.0.0.1:9000"), "S3_ENDPOINT must be a URL");
    assertMistake(with(MINIO, "S3_ENDPOINT", "file:///etc"), "S3_ENDPOINT must be a URL");
    assertMistake(with(MINIO, "S3_BUCKET_NAME", "Not A Bucket"), "S3_BUCKET_NAME must be");
    assertMistake(with(MINIO, "S3_PATH_STYLE", "maybe"), "S3_PATH_STYLE must be true or false");
    assertMistake(with(R2, "R2_ACCOUNT_ID", "evil.example/"), "R2_ACCOUNT_ID must be");
  }

  @Test
  void no_secret_is_printed() {
    assertThat(ObjectStoreSettings.from(MINIO).toString()).doesNotContain("secret");
    assertThatThrownBy(
            () -> ObjectStoreSettings.from(with(MINIO, "S3_ENDPOINT", "http://u:secret@host:1")))
        .isInstanceOf(CallerMistake.class)
        .hasMessageNotContaining("secret");
  }

  private static void assertMistake(Map<String, String> environment, String said) {
    assertThatThrownBy(() -> ObjectStoreSettings.from(environment))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining(said);
  }

  private static Map<String, String> with(Map<String, String> base, String name, String value) {
    Map<String, String> changed = new HashMap<>(base);
    changed.put(name, value);
    return changed;
  }
}
