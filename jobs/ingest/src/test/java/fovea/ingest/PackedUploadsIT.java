package fovea.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ImageFormat;
import fovea.contract.capture.Limits;
import fovea.contract.capture.ObjectKey;
import fovea.imaging.Decoder;
import fovea.imaging.Decoding;
import fovea.imaging.Mats;
import fovea.ingest.archive.Expansion;
import fovea.ingest.archive.Zips;
import fovea.lake.Captures;
import fovea.runtime.JobReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are more than a picture: DICOM objects and archives. */
class PackedUploadsIT {
  private static final byte[] TEXT = "DOE, JANE".getBytes(StandardCharsets.UTF_8);
  private static final String NAME = "PLANTED^NAME";

  private static final byte[] OBJECT = DicomFile.of(NAME, (byte) 100, "NO");
  private static final byte[] TWICE = Pictures.jpeg(31);

  @TempDir private static Path folder;
  private static Platform platform;
  private static UUID object;
  private static UUID annotated;
  private static UUID dicomPhoto;
  private static UUID session;
  private static UUID head;
  private static UUID cut;
  private static UUID twins;

  private final UUID org = platform.organization();
  private final UUID eye = platform.eye(org);

  // One run for the tests that only look.
  @BeforeAll
  static void open() throws Exception {
    platform = Platform.inFolder(folder);
    UUID organization = platform.organization();
    UUID eye = platform.eye(organization);
    byte[] burned = DicomFile.of(NAME, (byte) 101, "YES");
    object = platform.fundus(organization, eye, OBJECT, OBJECT, 1);
    annotated = platform.fundus(organization, eye, burned, burned, 2);
    session = platform.session(organization);
    dicomPhoto =
        platform.file(organization, session, "photo", "a.dcm", DicomFile.of(NAME, (byte) 1, "NO"));
    platform.file(organization, session, "photo", "2.jpg", Pictures.jpeg(10));
    byte[] photos =
        zip("head/", new byte[0], "head/1.jpg", Pictures.jpeg(11), "2.jpg", Pictures.jpeg(12));
    head = platform.file(organization, session, "photo", "head.zip", photos);
    byte[] same = zip("a.jpg", TWICE, "b.jpg", TWICE);
    byte[] half = Arrays.copyOf(same, 900);
    cut = platform.fundus(organization, eye, half, half, 3);
    twins = platform.fundus(organization, eye, same, same, 4);
    platform.ingest(Map.of());
  }

  @AfterAll
  static void close() throws Exception {
    platform.close();
  }

  @Test
  void of_a_dicom_object_only_pixels_and_allowed_attributes_reach_the_lake() {
    Row row = platform.capture(object);
    assertThat(row.<String>getAs("status")).isEqualTo("accepted");
    assertThat(row.<String>getAs("format")).isEqualTo("dicom");
    assertThat(row.<String>getAs("sha256")).isEqualTo(Pictures.sha256(OBJECT));
    assertThat(row.<Long>getAs("bytes")).isEqualTo(OBJECT.length);
    assertThat(row.<String>getAs("camera")).isEqualTo("FX-1");
    assertThat(row.<String>getAs("dicom")).contains("\"age\":\"90+\"").contains("\"sex\":\"F\"");
    byte[] content = row.getAs("content");
    assertThat(ImageFormat.sniff(content)).contains(ImageFormat.PNG);
    assertThat(ImageFormat.sniff(row.getAs("thumbnail"))).contains(ImageFormat.JPEG);
    try (Mats mats = new Mats()) {
      Decoding.Decoded decoded = (Decoding.Decoded) Decoder.decode(content, mats);
      assertThat(decoded.bgr().get(5, 5)).containsExactly(100, 100, 100);
    }
    assertThat(platform.capture(annotated).<String>getAs("reason_code"))
        .isEqualTo("burned-in-annotation");
    assertThat(platform.capture(dicomPhoto).<String>getAs("reason_code"))
        .isEqualTo("unsupported-encoding");
    for (UUID id : List.of(object, annotated, dicomPhoto)) {
      assertThat(everything(id)).doesNotContain("PLANTED", "VENDOR", "19310203");
    }
  }

  @Test
  void an_archive_becomes_uploads_of_their_own_and_a_second_run_adds_nothing() {
    byte[] picture = Pictures.jpeg(1);
    byte[] dicom = DicomFile.of(NAME, (byte) 50, "NO");
    byte[] zip = zip("a.jpg", picture, "b.dcm", dicom, "c.csv", TEXT, "../d.jpg", picture);
    UUID archive = platform.fundus(org, eye, zip, zip, 1);
    JobReport report = platform.ingest(Map.of());

    assertThat(report.rowsOut()).isEqualTo(2);
    assertThat(report.rejected()).isEqualTo(Map.of("unsupported-type", 1L, "unsafe-name", 1L));
    Row row = platform.capture(archive);
    assertThat(row.<String>getAs("status")).isEqualTo("expanded");
    assertThat(row.<Integer>getAs("members")).isEqualTo(4);
    assertThat(row.<Object>getAs("content")).isNull();
    assertThat(outcome("fundus_images", archive)).isEqualTo("expanded/");
    assertThat(platform.ask("SELECT members FROM fundus_images WHERE id = ?", archive))
        .isEqualTo("4");
    assertMember(archive, 1, "accepted/", picture);
    assertMember(archive, 2, "accepted/", dicom);
    assertThat(platform.capture(Expansion.id(archive, 1)).<byte[]>getAs("content"))
        .isEqualTo(Pictures.pixelsAlone(picture));
    assertThat(outcome("fundus_images", Expansion.id(archive, 3)))
        .isEqualTo("quarantined/unsupported-type");
    assertThat(outcome("fundus_images", Expansion.id(archive, 4)))
        .isEqualTo("quarantined/unsafe-name");
    assertThat(platform.capture(Expansion.id(archive, 4)).<String>getAs("archive_id"))
        .isEqualTo(archive.toString());
    assertThat(platform.captures(org)).isEqualTo(5);

    long version = Captures.in(platform.lake).version();
    assertThat(platform.ingest(Map.of()).rowsIn()).isZero();
    assertThat(Captures.in(platform.lake).version()).isEqualTo(version);
  }

  @Test
  void photographs_of_a_session_keep_the_names_that_poses_refer_to() {
    assertThat(platform.registry.acceptedFiles(session))
        .extracting(file -> file.name())
        .containsExactly("1.jpg", "2.jpg", "file 0002 of " + head);
    assertThat(outcome("session_files", head)).isEqualTo("expanded/");
    assertThat(platform.ask("SELECT status FROM sessions WHERE id = ?", session))
        .isEqualTo("ingested");
    assertThat(platform.capture(Expansion.id(head, 1)).<Object>getAs("content")).isNull();
  }

  @Test
  void photographs_beyond_the_cap_of_a_session_are_kept_out_each_with_its_reason() {
    UUID small = platform.session(org);
    platform.file(org, small, "photo", "1.jpg", Pictures.jpeg(41));
    byte[] zip =
        zip(
            "2.jpg",
            Pictures.jpeg(42),
            "notes.txt",
            TEXT,
            "3.jpg",
            Pictures.jpeg(43),
            "4.jpg",
            Pictures.jpeg(44));
    UUID archive = platform.file(org, small, "photo", "all.zip", zip);
    JobReport report = platform.ingest(Map.of("session-photos", "3"));

    assertThat(report.rejected()).isEqualTo(Map.of("too-many-photos", 1L, "unsupported-type", 1L));
    assertThat(platform.registry.acceptedFiles(small))
        .extracting(file -> file.name())
        .containsExactly("1.jpg", "2.jpg", "3.jpg");
    UUID beyond = Expansion.id(archive, 4);
    assertThat(outcome("session_files", beyond)).isEqualTo("quarantined/too-many-photos");
    assertThat(platform.capture(beyond).<String>getAs("reason_code")).isEqualTo("too-many-photos");
    assertThat(Invariants.broken(platform, org)).isEmpty();
  }

  @Test
  void a_run_that_dies_after_storing_the_files_is_finished_by_the_next_under_the_same_ids() {
    byte[] zip = zip("a.jpg", Pictures.jpeg(21), "b.jpg", Pictures.jpeg(22), "c.csv", TEXT);
    UUID archive = platform.fundus(org, eye, zip, zip, 1);
    platform.ask("REVOKE INSERT ON fundus_images FROM fovea_jobs");
    assertThatThrownBy(() -> platform.ingest(Map.of())).hasStackTraceContaining("permission");
    assertThat(platform.captures(org)).isZero();
    assertThat(outcome("fundus_images", archive)).isEqualTo("uploaded/");
    platform.ask("GRANT INSERT ON fundus_images TO fovea_jobs");
    platform.ask("REVOKE UPDATE ON fundus_images FROM fovea_jobs");
    platform.ask("GRANT UPDATE (members) ON fundus_images TO fovea_jobs");
    assertThatThrownBy(() -> platform.ingest(Map.of())).hasStackTraceContaining("permission");
    assertThat(platform.captures(org)).as("the archive and the file kept out").isEqualTo(2);

    platform.ask(
        "GRANT UPDATE (status, reason_code, reason, sha256, duplicate_of, members)"
            + " ON fundus_images TO fovea_jobs");
    platform.ingest(Map.of());
    assertThat(platform.captures(org)).isEqualTo(4);
    assertThat(outcome("fundus_images", archive)).isEqualTo("expanded/");
    assertMember(archive, 1, "accepted/", Pictures.jpeg(21));
    assertMember(archive, 2, "accepted/", Pictures.jpeg(22));
    assertThat(platform.ask("SELECT count(*) FROM fundus_images WHERE archive_id = ?", archive))
        .isEqualTo("3");
    assertThat(
            platform.ask(
                "SELECT count(*) FROM audit_log WHERE details->>'id' = ?", archive.toString()))
        .isEqualTo("1");
  }

  @Test
  void a_damaged_archive_is_quarantined_and_the_same_file_twice_is_a_duplicate() {
    assertThat(outcome("fundus_images", cut)).isEqualTo("quarantined/bad-archive");
    assertThat(List.of(1, 2))
        .extracting(i -> outcome("fundus_images", Expansion.id(twins, i)))
        .containsExactlyInAnyOrder("accepted/", "duplicate/duplicate");
  }

  private void assertMember(UUID archive, int number, String outcome, byte[] content) {
    UUID id = Expansion.id(archive, number);
    assertThat(outcome("fundus_images", id)).isEqualTo(outcome);
    Row row = platform.capture(id);
    assertThat(row.<String>getAs("archive_id")).isEqualTo(archive.toString());
    assertThat(row.<String>getAs("eye_id")).isEqualTo(eye.toString());
    assertThat(row.<String>getAs("sha256")).isEqualTo(Pictures.sha256(content));
    ObjectKey key = new ObjectKey(row.getAs("object_key"));
    assertThat(key).isEqualTo(ObjectKey.fundus(Platform.DAY, org, id));
    assertThat(platform.objects.read(key, Limits.MAX_BYTES)).hasValue(content);
  }

  // Each cell of a row as text, bytes letter by letter.
  private static String everything(UUID image) {
    StringBuilder text = new StringBuilder();
    Row row = platform.capture(image);
    for (int i = 0; i < row.size(); i++) {
      Object cell = row.get(i);
      text.append(
          cell instanceof byte[] bytes
              ? new String(bytes, StandardCharsets.ISO_8859_1)
              : String.valueOf(cell));
    }
    return text.toString();
  }

  private static String outcome(String table, UUID id) {
    return platform.ask(
        "SELECT status || '/' || coalesce(reason_code, '') FROM " + table + " WHERE id = ?", id);
  }

  private static byte[] zip(Object... namesAndContents) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      files.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
    }
    return Zips.of(files);
  }
}
