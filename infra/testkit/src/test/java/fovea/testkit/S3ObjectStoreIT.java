package fovea.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fovea.contract.capture.ObjectKey;
import fovea.contract.errors.CallerMistake;
import fovea.contract.hash.Sha256;
import fovea.embedded.EmbeddedObjectStore;
import fovea.objects.MultipartUploads;
import fovea.objects.ObjectStore;
import fovea.objects.ObjectStore.Declared;
import fovea.objects.ObjectStore.PresignedUpload;
import fovea.objects.ObjectStoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ObjectStoreIT extends ObjectStoreContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Declared FIVE =
      new Declared("image/jpeg", 5, Optional.of(Sha256.of("12345".getBytes(US_ASCII))));

  private static final String SHA256 =
      Base64.getEncoder().encodeToString(HexFormat.of().parseHex(FIVE.sha256().orElseThrow()));

  @TempDir static Path folder;
  private static EmbeddedObjectStore server;
  private static ObjectStore store;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    server = EmbeddedObjectStore.start(folder, 0);
    store = ObjectStore.open(server.settings());
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  // A thousand signed writes take 20 s on a busy machine; the server's files are its objects.
  @Override
  protected void plant(List<ObjectKey> keys) {
    Path bucket = folder.resolve("buckets").resolve(EmbeddedObjectStore.BUCKET);
    keys.forEach(key -> touch(bucket.resolve(key.path())));
  }

  private static void touch(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void a_signed_upload_takes_exactly_what_was_agreed() throws Exception {
    PresignedUpload upload = store.presignUpload(key("up"), FIVE, MINUTE);
    assertThat(put(upload.url(), "image/jpeg", "12345").statusCode()).isEqualTo(200);
    assertThat(upload.headers())
        .containsOnlyKeys("content-type", "if-none-match", "x-amz-checksum-sha256");
    assertThat(store.read(key("up"), 5)).hasValue("12345".getBytes(US_ASCII));
  }

  @Test
  void a_signed_upload_refuses_another_type_and_another_length() throws Exception {
    PresignedUpload upload = store.presignUpload(key("refused"), FIVE, MINUTE);
    assertThat(put(upload.url(), "text/html", "12345").statusCode()).isEqualTo(403);
    assertThat(put(upload.url(), "image/jpeg", "123456").statusCode()).isEqualTo(403);
    assertThat(put(upload.url(), "image/jpeg", "1234").statusCode()).isEqualTo(403);
    assertThat(store.find(key("refused"))).isEmpty();
  }

  @Test
  void a_signed_upload_of_one_key_does_not_open_another() throws Exception {
    URI url = store.presignUpload(key("mine"), FIVE, MINUTE).url();
    URI other = URI.create(url.toString().replace("/mine?", "/other?"));
    assertThat(put(other, "image/jpeg", "12345").statusCode()).isEqualTo(403);
    assertThat(store.find(key("other"))).isEmpty();
  }

  @Test
  void a_signed_upload_works_once_and_never_replaces_what_is_there() throws Exception {
    URI url = store.presignUpload(key("once"), FIVE, MINUTE).url();
    assertThat(put(url, "image/jpeg", "54321").statusCode()).as("another hash").isEqualTo(400);
    assertThat(put(url, "image/jpeg", "12345").statusCode()).isEqualTo(200);
    assertThat(put(url, "image/jpeg", "12345").statusCode()).isEqualTo(412);
    URI unhashed =
        store
            .presignUpload(key("once"), new Declared("image/jpeg", 5, Optional.empty()), MINUTE)
            .url();
    assertThat(put(unhashed, "image/jpeg", "54321").statusCode()).isEqualTo(412);
    assertThat(store.read(key("once"), 5)).hasValue("12345".getBytes(US_ASCII));
  }

  @Test
  void a_store_tells_size_hash_and_first_bytes_without_being_read() {
    store.write(key("seen"), "12345".getBytes(US_ASCII), "image/jpeg");
    assertThat(store.examine(key("seen"), 3).orElseThrow().head())
        .isEqualTo("123".getBytes(US_ASCII));
    assertThat(store.examine(key("seen"), 100).orElseThrow().bytes()).isEqualTo(5);
    assertThat(store.examine(key("unseen"), 3)).isEmpty();
    store.copy(key("seen"), key("copied"));
    assertThat(store.read(key("copied"), 5)).hasValue("12345".getBytes(US_ASCII));
  }

  @Test
  void parts_are_sent_by_signed_urls_resumed_and_joined() throws Exception {
    MultipartUploads parts = store.multipart();
    String upload = parts.begin(key("parts"), "image/jpeg");
    String first = "x".repeat(5 << 20);
    URI one = parts.presign(key("parts"), upload, 1, first.length(), MINUTE).url();
    URI two = parts.presign(key("parts"), upload, 2, 5, MINUTE).url();
    assertThat(put(two, "image/jpeg", "12345").statusCode()).isEqualTo(200);
    assertThat(parts.parts(key("parts"), upload).orElseThrow())
        .extracting(MultipartUploads.Part::number, MultipartUploads.Part::bytes)
        .containsExactly(tuple(2, 5L));
    assertThat(put(two, "image/jpeg", "123456").statusCode()).as("larger").isEqualTo(403);
    assertThat(put(one, "image/jpeg", first).statusCode()).isEqualTo(200);
    parts.join(key("parts"), upload, parts.parts(key("parts"), upload).orElseThrow());
    assertThat(store.examine(key("parts"), 3).orElseThrow().bytes()).isEqualTo((5 << 20) + 5);
    String other = parts.begin(key("given-up"), "image/jpeg");
    parts.giveUp(key("given-up"), other);
    parts.giveUp(key("given-up"), other);
    assertThat(parts.parts(key("given-up"), other).orElse(List.of())).isEmpty();
    store.delete(key("parts"));
  }

  @Test
  void a_signed_url_expires() throws Exception {
    store.write(key("short"), new byte[1], "image/png");
    URI url = store.presignDownload(key("short"), Duration.ofSeconds(1));
    Thread.sleep(2_100);
    assertThat(get(url).statusCode()).isEqualTo(403);
  }

  @Test
  void a_signed_download_is_an_attachment_that_no_browser_renders() throws Exception {
    store.write(key("page"), "<script>".getBytes(US_ASCII), "text/html");
    HttpResponse<String> answer = get(store.presignDownload(key("page"), MINUTE));
    assertThat(answer.body()).isEqualTo("<script>");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(answer.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=\"page\"");
  }

  @Test
  void nobody_gets_in_without_a_signature() throws Exception {
    store.write(key("private"), new byte[1], "image/png");
    URI signed = store.presignDownload(key("private"), MINUTE);
    URI bare = URI.create(signed.toString().replaceAll("\\?.*", ""));
    assertThat(get(bare).statusCode()).isEqualTo(403);
    assertThat(put(bare, "image/png", "x").statusCode()).isEqualTo(403);
    assertThat(get(URI.create(server.settings().endpoint() + "/")).statusCode()).isEqualTo(403);
  }

  @Test
  void a_page_of_another_origin_may_use_a_signed_upload() throws Exception {
    HttpRequest preflight =
        HttpRequest.newBuilder(
                store
                    .presignUpload(
                        key("cors"), new Declared("image/png", 1, Optional.empty()), MINUTE)
                    .url())
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", "http://127.0.0.1:8080")
            .header("Access-Control-Request-Method", "PUT")
            .header("Access-Control-Request-Headers", "content-type")
            .build();
    HttpResponse<Void> answer = http.send(preflight, BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("access-control-allow-methods").orElse(""))
        .contains("PUT");
  }

  @Test
  void a_lifetime_of_more_than_seven_days_is_refused() {
    assertThatThrownBy(() -> store.presignDownload(key("x"), Duration.ofDays(8)))
        .hasMessageContaining("seven days");
  }

  @Test
  void objects_and_keys_outlive_a_restart(@TempDir Path other) {
    ObjectStoreSettings before;
    try (EmbeddedObjectStore first = EmbeddedObjectStore.start(other, 0);
        ObjectStore objects = ObjectStore.open(first.settings())) {
      before = first.settings();
      objects.write(key("stays"), new byte[] {1, 2}, "image/png");
    }
    try (EmbeddedObjectStore second = EmbeddedObjectStore.start(other, 0);
        ObjectStore objects = ObjectStore.open(second.settings())) {
      assertThat(objects.read(key("stays"), 2)).hasValue(new byte[] {1, 2});
      assertThat(second.settings().secretKey()).isEqualTo(before.secretKey());
    }
  }

  @Test
  void two_servers_cannot_share_a_folder() {
    assertThatThrownBy(() -> EmbeddedObjectStore.start(folder, 0))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("another process uses");
  }

  @Test
  void a_taken_port_is_the_callers_mistake(@TempDir Path other) {
    int taken = URI.create(server.settings().endpoint()).getPort();
    assertThatThrownBy(() -> EmbeddedObjectStore.start(other, taken))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("port " + taken + " is in use");
  }

  @Test
  void of_writers_who_must_be_first_one_is() {
    AtomicInteger won = new AtomicInteger();
    try (S3Client s3 = client(server.settings())) {
      IntStream.range(0, 16).parallel().forEach(i -> won.addAndGet(writeFirst(s3) ? 1 : 0));
    }
    assertThat(won).hasValue(1);
  }

  @Test
  void wrong_keys_fail_without_naming_the_right_or_the_wrong_ones() {
    ObjectStoreSettings wrong =
        ObjectStoreSettings.s3(
            server.settings().endpoint(), EmbeddedObjectStore.BUCKET, "WRONGKEY", "wrongsecret");
    try (ObjectStore stranger = ObjectStore.open(wrong)) {
      assertThatThrownBy(() -> stranger.read(key("x"), 1))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(key("x").path())
          .hasMessageContaining("403")
          .hasMessageNotContainingAny("WRONGKEY", "wrongsecret", server.settings().secretKey());
    }
  }

  @Test
  void a_store_that_is_down_fails_with_the_key_in_seconds() {
    ObjectStoreSettings down = ObjectStoreSettings.s3("http://127.0.0.1:1", "fovea", "a", "s");
    try (ObjectStore nobody = ObjectStore.open(down)) {
      assertThatThrownBy(() -> nobody.read(key("x"), 1))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(key("x").path());
    }
  }

  private boolean writeFirst(S3Client s3) {
    try {
      s3.putObject(
          r -> r.bucket(EmbeddedObjectStore.BUCKET).key(key("first").path()).ifNoneMatch("*"),
          RequestBody.fromBytes(new byte[100]));
      return true;
    } catch (S3Exception lost) {
      assertThat(lost.statusCode()).isIn(409, 412);
      return false;
    }
  }

  private static S3Client client(ObjectStoreSettings settings) {
    return S3Client.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(URI.create(settings.endpoint()))
        .forcePathStyle(true)
        .httpClientBuilder(software.amazon.awssdk.http.apache.ApacheHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
        .build();
  }

  // With the headers that the URL's signature asks for, whatever the content is.
  private HttpResponse<Void> put(URI url, String type, String body) throws Exception {
    String signed = String.valueOf(url.getQuery());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).header("content-type", type).PUT(BodyPublishers.ofString(body));
    if (signed.contains("if-none-match")) {
      request.header("if-none-match", "*");
    }
    if (signed.contains("x-amz-checksum-sha256")) {
      request.header("x-amz-checksum-sha256", SHA256);
    }
    return http.send(request.build(), BodyHandlers.discarding());
  }

  private HttpResponse<String> get(URI url) throws Exception {
    return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }
}
