package fovea.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.api.Client.Reply;
import fovea.api.uploads.AbandonedUploads;
import fovea.contract.capture.ObjectKey;
import fovea.contract.hash.Sha256;
import fovea.registry.ApiRegistry;
import fovea.registry.NameCipher;
import java.net.URI;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Uploads that take long, break off, are replayed or forgotten. */
class ResumedUploadsIT {
  private static final int PART = 8 << 20;

  private final TestPlatform platform = TestPlatform.shared();
  private final Client admin = platform.admin;

  @Test
  void a_large_upload_goes_on_where_it_broke_off() {
    byte[] content = large("resumed");
    Reply requested = image("resumed", content);
    String image = "/v1/images/" + requested.text("id");
    JsonNode parts = admin.post(image + "/parts", "").json();
    assertThat(parts.get("partBytes").asLong()).isEqualTo(PART);
    assertThat(parts.get("parts")).hasSize(2);
    assertThat(admin.put(parts.at("/parts/1/upload"), part(content, 1))).isEqualTo(200);
    byte[] larger = new byte[6];
    assertThat(admin.put(parts.at("/parts/1/upload"), larger)).as("larger body").isEqualTo(403);
    assertThat(admin.post(image + "/complete", "").refusal()).isEqualTo("409 parts-missing");

    JsonNode resumed = admin.post(image + "/parts", "").json();
    assertThat(resumed.at("/parts/1").toString())
        .isEqualTo("{\"number\":2,\"bytes\":5,\"arrived\":true}");
    assertThat(admin.put(resumed.at("/parts/0/upload"), part(content, 0))).isEqualTo(200);
    assertThat(admin.post(image + "/complete", "").text("status")).isEqualTo("uploaded");
    assertThat(admin.post(image + "/complete", "").status()).isEqualTo(200);
    assertThat(admin.post(image + "/parts", "").text("status")).isEqualTo("uploaded");

    byte[] other = part(content, 0);
    other[100] = 'x';
    admin.put(resumed.at("/parts/0/upload"), other);
    assertThat(platform.objects.read(key(requested), content.length)).hasValue(content);
  }

  @Test
  void parts_that_do_not_make_what_was_declared_begin_anew() {
    byte[] content = large("declared");
    Reply requested = image("anew", content);
    String image = "/v1/images/" + requested.text("id");
    byte[] wrong = content.clone();
    wrong[100] = 'x';
    send(image, wrong);
    assertThat(admin.post(image + "/complete", "").refusal()).isEqualTo("409 upload-hash-differs");
    send(image, content);
    assertThat(admin.post(image + "/complete", "").text("status")).isEqualTo("uploaded");
  }

  @Test
  void a_url_that_is_replayed_after_completion_changes_nothing() {
    String images = "/v1/eyes/" + Fixture.eye(admin, "replay") + "/images";
    byte[] first = Fixture.photograph("unhashed 1");
    Reply requested =
        admin.post(images, "{'mediaType': 'image/jpeg', 'bytes': %d}".formatted(first.length));
    JsonNode upload = requested.json().get("upload");
    assertThat(admin.put(upload, first)).isEqualTo(200);
    String image = "/v1/images/" + requested.text("id");
    assertThat(admin.post(image + "/complete", "").text("status")).isEqualTo("uploaded");
    assertThat(admin.put(upload, Fixture.photograph("unhashed 2"))).isEqualTo(412);
    assertThat(platform.objects.read(key(requested), 100)).hasValue(first);
  }

  @Test
  void a_file_that_is_declared_anew_takes_the_place_of_what_had_come() {
    String session = "/v1/sessions/" + admin.post("/v1/sessions", "{}").text("id");
    Reply first = Fixture.file(admin, session, "photo", "1.jpg", "image/jpeg", "first");
    assertThat(admin.put(first.json().get("upload"), Fixture.photograph("first"))).isEqualTo(200);
    Reply second = Fixture.file(admin, session, "photo", "1.jpg", "image/jpeg", "another");
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(admin.put(second.json().get("upload"), Fixture.photograph("another")))
        .isEqualTo(200);
    String complete = session + "/files/" + first.text("id") + "/complete";
    assertThat(admin.post(complete, "").text("status")).isEqualTo("uploaded");
  }

  @Test
  void what_nobody_finished_is_removed_and_may_be_asked_for_again() throws Exception {
    String session = "/v1/sessions/" + admin.post("/v1/sessions", "{}").text("id");
    Reply small = Fixture.file(admin, session, "photo", "1.jpg", "image/jpeg", "small");
    assertThat(admin.put(small.json().get("upload"), Fixture.photograph("small"))).isEqualTo(200);
    Reply image = image("abandoned", large("abandoned"));
    JsonNode parts = admin.post("/v1/images/" + image.text("id") + "/parts", "").json();
    assertThat(admin.put(parts.at("/parts/1/upload"), part(large("abandoned"), 1))).isEqualTo(200);
    Reply recent = image("recent", large("recent"));

    age("session_files", small);
    age("fundus_images", image);
    try (ApiRegistry registry =
        ApiRegistry.open(platform.postgres.api(), NameCipher.of("0123456789abcdef".repeat(2)))) {
      AbandonedUploads abandoned =
          new AbandonedUploads(registry, platform.objects, Duration.ofHours(2));
      assertThat(abandoned.clear()).isEqualTo(2);
      assertThat(abandoned.clear()).isZero();
    }
    assertThat(platform.objects.find(key(small))).isEmpty();
    String upload = URI.create(parts.at("/parts/0/upload/url").asText()).getQuery();
    String name = upload.replaceAll(".*uploadId=([^&]*).*", "$1");
    assertThat(platform.objects.multipart().parts(key(image), name).orElse(List.of())).isEmpty();
    assertThat(admin.get("/v1/images/" + image.text("id")).text("status")).isEqualTo("abandoned");
    assertThat(admin.get("/v1/images/" + recent.text("id")).text("status")).isEqualTo("requested");

    assertThat(admin.post(session + "/submit", "").refusal()).isEqualTo("409 session-empty");
    Reply again = Fixture.file(admin, session, "photo", "1.jpg", "image/jpeg", "small");
    assertThat(again.text("id")).isEqualTo(small.text("id"));
    assertThat(admin.put(again.json().get("upload"), Fixture.photograph("small"))).isEqualTo(200);
    assertThat(admin.post(session + "/files/" + again.text("id") + "/complete", "").text("status"))
        .isEqualTo("uploaded");
  }

  private void send(String image, byte[] content) {
    JsonNode parts = admin.post(image + "/parts", "").json().get("parts");
    for (int i = 0; i < parts.size(); i++) {
      assertThat(admin.put(parts.get(i).get("upload"), part(content, i))).isEqualTo(200);
    }
  }

  private Reply image(String eye, byte[] content) {
    String images = "/v1/eyes/" + Fixture.eye(admin, eye) + "/images";
    return admin.post(
        images,
        "{'mediaType': 'image/jpeg', 'bytes': %d, 'sha256': '%s'}"
            .formatted(content.length, Sha256.of(content)));
  }

  private static byte[] large(String words) {
    return Arrays.copyOf(Fixture.photograph(words), PART + 5);
  }

  private static byte[] part(byte[] content, int index) {
    return Arrays.copyOfRange(content, index * PART, Math.min(content.length, (index + 1) * PART));
  }

  private ObjectKey key(Reply requested) {
    String path = URI.create(requested.json().at("/upload/url").asText()).getPath();
    return new ObjectKey(path.substring("/fovea/".length()));
  }

  private void age(String table, Reply requested) throws Exception {
    var owner = platform.postgres.owner();
    try (var connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
        var update =
            connection.prepareStatement(
                "UPDATE " + table + " SET asked_at = now() - interval '3 hours' WHERE id = ?")) {
      update.setObject(1, UUID.fromString(requested.text("id")));
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
