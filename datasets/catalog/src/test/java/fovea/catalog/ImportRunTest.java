package fovea.catalog;

import static fovea.catalog.Folders.codes;
import static fovea.catalog.Folders.from;
import static fovea.catalog.Folders.jpeg;
import static fovea.catalog.Folders.shared;
import static fovea.catalog.Folders.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportRunTest {
  private static final String HEADER =
      "image,patient,eye,age,sex,ethnicity,camera,dr_grade,sphere,cylinder,axis\n";

  @TempDir Path folder;
  private ApiInMemory api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiInMemory();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_folder_is_imported_and_a_second_time_adds_nothing() throws IOException {
    cohort(12);
    ImportReport first = run("folder");
    assertThat(first.uploaded()).isEqualTo(24);
    assertThat(first.refractionsAdded()).isEqualTo(24);
    assertThat(first.problems()).isEmpty();
    assertThat(api.patients).hasSize(12);
    assertThat(api.eyes).hasSize(24);
    assertThat(api.objects).hasSize(24);
    ImportReport second = run("folder");
    assertThat(second.uploaded()).isZero();
    assertThat(second.alreadyThere()).isEqualTo(24);
    assertThat(second.refractionsAdded()).isZero();
    assertThat(api.images).hasSize(24);
    assertThat(api.refractions).hasSize(24);
    assertThat(api.objects).hasSize(24);
  }

  @Test
  void what_patients_allowed_is_recorded_once_and_nothing_that_was_withdrawn_is_given_back()
      throws IOException {
    cohort(3);
    run("folder", "consent", "research");
    assertThat(api.consents).hasSize(3);
    api.consents.values().iterator().next().addObject().put("purpose", "training");
    run("folder", "consent", "research,training");
    assertThat(api.consents.values())
        .allSatisfy(decisions -> assertThat(decisions).hasSize(2))
        .extracting(decisions -> decisions.get(1).path("decision").asText())
        .containsExactlyInAnyOrder("", "given", "given");
    assertThatThrownBy(() -> run("folder", "consent", "sale"))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("research, training");
  }

  @Test
  void what_the_table_says_arrives() throws IOException {
    jpeg(folder.resolve("images/a.jpg"));
    write(
        folder.resolve("labels.csv"), HEADER + "a.jpg,P1,OD,61,F,hispanic,older,3,-2,-0.75,170\n");
    run("folder");
    assertThat(api.patients.get("P1").toString())
        .isEqualTo(
            "{\"externalReference\":\"P1\",\"age\":61,\"sex\":\"female\",\"ethnicity\":\"hispanic\"}");
    var image = api.images.values().iterator().next();
    assertThat(image.path("camera").asText()).isEqualTo("older");
    assertThat(image.path("drGrade").asInt()).isEqualTo(3);
    assertThat(image.path("mediaType").asText()).isEqualTo("image/jpeg");
    assertThat(image.path("status").asText()).isEqualTo("uploaded");
    assertThat(api.objects.values().iterator().next())
        .isEqualTo(Files.readAllBytes(folder.resolve("images/a.jpg")));
    var refraction = api.refractions.values().iterator().next();
    assertThat(refraction.path("axis").asDouble()).isEqualTo(170);
  }

  @Test
  void a_busy_server_is_asked_again_and_nothing_is_lost_or_doubled() throws IOException {
    cohort(6);
    api.busy = request -> request % 3 == 0;
    ImportReport report = run("folder");
    assertThat(report.uploaded()).isEqualTo(12);
    assertThat(report.problems()).isEmpty();
    assertThat(api.images).hasSize(12);
    assertThat(api.patients).hasSize(6);
  }

  @Test
  void a_token_that_runs_out_midway_is_renewed() throws IOException {
    cohort(4);
    api.expired = request -> request == 9 || request == 10;
    assertThat(run("folder").uploaded()).isEqualTo(8);
  }

  @Test
  void bytes_the_store_lost_are_sent_again() throws IOException {
    cohort(2);
    api.losing.set(1);
    ImportReport report = run("folder");
    assertThat(report.uploaded()).isEqualTo(4);
    assertThat(api.objects).hasSize(4);
  }

  @Test
  void several_uploads_are_under_way_but_no_more_than_asked_for() throws IOException {
    cohort(20);
    AtomicLong told = new AtomicLong();
    Importers.named("folder")
        .run(
            api.client(),
            from(folder, "in-flight", "4"),
            (stage, done, total) -> told.incrementAndGet());
    assertThat(api.mostUnderWay.get()).isBetween(2, 4);
    assertThat(told.get()).isEqualTo(80);
  }

  @Test
  void files_that_are_no_pictures_and_rows_the_api_refuses_are_rows_of_the_report()
      throws IOException {
    jpeg(folder.resolve("good_left.jpg"));
    jpeg(folder.resolve("old_left.jpg"));
    write(folder.resolve("html_left.jpg"), "<html>");
    write(folder.resolve("empty_left.jpg"), "");
    write(
        folder.resolve("labels.csv"),
        "image,patient,age\ngood_left.jpg,1,50\nold_left.jpg,2,115\n"
            + "html_left.jpg,3,50\nempty_left.jpg,4,50\n");
    ImportReport report = run("folder");
    assertThat(report.uploaded()).isEqualTo(1);
    assertThat(codes(report))
        .containsExactlyInAnyOrder("bad-age", "unsupported-type", "empty-file");
    assertThat(report.problems()).anyMatch(p -> p.code().equals("bad-age") && p.line() == 3);
  }

  @Test
  void a_hash_that_does_not_fit_is_rejected_before_anything_is_sent() throws IOException {
    jpeg(folder.resolve("images/1_left.jpg"));
    write(
        folder.resolve("labels.csv"),
        "image,patient_id,eye,age,sex,dr_grade,sha256\n1_left.jpg,1,left,50,Male,0,"
            + "0".repeat(64)
            + "\n");
    assertThat(codes(run("odir5k"))).containsExactly("hash-mismatch");
    assertThat(api.images).isEmpty();
  }

  @Test
  void a_session_is_uploaded_and_submitted_once() throws IOException {
    sessionFolder("head", "photo_000.jpg", "photo_001.jpg");
    write(folder.resolve("head/README.md"), "not ours");
    ImportReport first = session("head");
    assertThat(first.sessions()).isEqualTo(1);
    assertThat(first.uploaded()).isEqualTo(4);
    assertThat(codes(first)).containsExactlyInAnyOrder("file-ignored", "photo-missing");
    assertThat(api.sessions.get("head").path("status").asText()).isEqualTo("uploaded");
    assertThat(api.files.values().stream().map(file -> file.path("kind").asText()))
        .containsExactlyInAnyOrder("photo", "photo", "poses", "poses");
    ImportReport second = session("head");
    assertThat(second.uploaded()).isZero();
    assertThat(second.alreadyThere()).isEqualTo(4);
    assertThat(api.files).hasSize(4);
  }

  @Test
  void a_session_with_a_refused_file_is_not_submitted() throws IOException {
    sessionFolder("head", "photo_000.jpg");
    write(folder.resolve("head/forbidden.ply"), "ply");
    ImportReport report = session("head");
    assertThat(report.sessions()).isZero();
    assertThat(codes(report)).contains("bad-file", "session-incomplete");
    assertThat(api.sessions.get("head").path("status").asText()).isEqualTo("created");
  }

  @Test
  void the_wrong_password_and_an_absent_server_are_the_callers_mistakes() {
    ApiSettings wrong = ApiSettings.of(api.url(), "admin@example.org", "guess");
    assertThatThrownBy(() -> ApiClient.signIn(wrong))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("refused the sign-in")
        .hasMessageNotContaining("guess");
    ApiSettings absent =
        new ApiSettings(URI.create("http://127.0.0.1:1"), "a", "b", 2, Duration.ofMillis(1));
    assertThatThrownBy(() -> ApiClient.signIn(absent))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("cannot be reached");
    assertThatThrownBy(() -> ApiSettings.from(Map.of()))
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("FOVEA_API_URL");
    assertThat(wrong.toString()).doesNotContain("guess");
  }

  @Test
  void a_server_that_stays_broken_ends_the_import() throws IOException {
    cohort(3);
    ApiClient client = api.client();
    api.busy = request -> true;
    assertThatThrownBy(
            () -> Importers.named("folder").run(client, from(folder), ImportListener.silent()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("503");
  }

  @Test
  void real_data_goes_through_the_same_uploads_twice() {
    Path odir = shared("fundus-odir256-sample");
    ImportReport first =
        Importers.named("odir5k").run(api.client(), from(odir), ImportListener.silent());
    assertThat(first.uploaded()).isEqualTo(100);
    assertThat(api.patients).hasSize(96);
    ImportReport second =
        Importers.named("odir5k").run(api.client(), from(odir), ImportListener.silent());
    assertThat(second.alreadyThere()).isEqualTo(100);
    ImportReport papila =
        Importers.named("papila")
            .run(api.client(), from(shared("refraction-papila")), ImportListener.silent());
    assertThat(papila.refractionsAdded()).isEqualTo(454);
  }

  private ImportReport run(String importer, String... flags) {
    return Importers.named(importer)
        .run(api.client(), from(folder, flags), ImportListener.silent());
  }

  private ImportReport session(String name) {
    return Importers.named("session")
        .run(api.client(), from(folder.resolve(name), "patient", "P9"), ImportListener.silent());
  }

  private void sessionFolder(String name, String... photos) throws IOException {
    Path session = folder.resolve(name);
    for (String photo : photos) {
      jpeg(session.resolve("images").resolve(photo));
    }
    write(
        session.resolve("transforms.json"),
        "{\"frames\":[{\"file_path\":\"./images/photo_000\"},{\"file_path\":\"lost.jpg\"}]}");
    write(session.resolve("points.ply"), "ply\n");
  }

  private void cohort(int patients) throws IOException {
    StringBuilder labels = new StringBuilder(HEADER);
    for (int i = 0; i < patients; i++) {
      for (String eye : new String[] {"left", "right"}) {
        String name = i + "_" + eye + ".jpg";
        jpeg(folder.resolve("images").resolve(name));
        labels.append(
            "%s,P%d,%s,%d,female,white,table,0,-1,-0.5,%d\n"
                .formatted(name, i, eye, 40 + i, 90 + i));
      }
    }
    write(folder.resolve("labels.csv"), labels.toString());
  }
}
