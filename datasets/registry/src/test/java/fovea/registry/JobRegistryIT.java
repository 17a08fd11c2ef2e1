package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ObjectKey;
import fovea.registry.JobRegistry.ArchiveMember;
import fovea.registry.JobRegistry.PhotoVerdict;
import fovea.registry.JobRegistry.TrainingLog;
import fovea.registry.JobRegistry.UploadOutcome;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRegistryIT {
  private static final String SHA = "a".repeat(64);

  private final TestDatabase database = TestDatabase.shared();
  private final JobRegistry registry = JobRegistry.open(database.jobs);
  private final UUID organization = database.organization();

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void an_outcome_once_recorded_stands() {
    UUID session = database.session(organization, "uploaded");
    UUID photo = database.file(organization, session, "a.jpg", "uploaded");

    registry.recordOutcomes(List.of(accepted(photo)));
    registry.recordOutcomes(
        List.of(
            new UploadOutcome(
                "session_files", photo, "quarantined", "truncated", "x", "", Optional.empty())));

    assertThat(database.status("session_files", photo)).isEqualTo("accepted");
    assertThat(registry.acceptedFiles(session))
        .singleElement()
        .satisfies(file -> assertThat(file.sha256()).isEqualTo(SHA))
        .satisfies(file -> assertThat(file.name()).isEqualTo("a.jpg"));
  }

  @Test
  void a_duplicate_names_the_first_and_a_rejection_its_reason() {
    UUID session = database.session(organization, "uploaded");
    UUID first = database.file(organization, session, "a.jpg", "uploaded");
    UUID second = database.file(organization, session, "b.jpg", "uploaded");
    UUID bad = database.file(organization, session, "c.jpg", "uploaded");
    registry.recordOutcomes(
        List.of(
            accepted(first),
            new UploadOutcome(
                "session_files", second, "duplicate", "duplicate", "same", SHA, Optional.of(first)),
            new UploadOutcome(
                "session_files", bad, "quarantined", "truncated", "ends", "", Optional.empty())));

    assertThat(registry.acceptedFiles(session)).hasSize(1);
    assertThat(text("SELECT duplicate_of FROM session_files WHERE id = ?", second))
        .isEqualTo(first.toString());
    assertThat(text("SELECT reason_code FROM session_files WHERE id = ?", bad))
        .isEqualTo("truncated");
  }

  @Test
  void the_files_of_an_archive_are_registered_once_under_names_that_are_free() {
    UUID session = database.session(organization, "uploaded");
    database.file(organization, session, "a.jpg", "uploaded");
    UUID archive = database.file(organization, session, "all.zip", "uploaded");
    List<ArchiveMember> members =
        List.of(
            member("a.jpg", 10, SHA, ""),
            member("b.jpg", 10, SHA, ""),
            member("c", 0, "", "empty-file"));
    registry.registerMembers("session_files", archive, members, 300);
    registry.registerMembers("session_files", archive, members, 300);

    String all =
        text(
            "SELECT string_agg(name || ' ' || status, ', ' ORDER BY name) FROM session_files"
                + " WHERE archive_id = ?",
            archive);
    assertThat(all).isEqualTo("b.jpg uploaded, c quarantined, spare a.jpg uploaded");
    assertThat(text("SELECT members FROM session_files WHERE id = ?", archive)).isEqualTo("3");
    assertThat(
            text(
                "SELECT count(*) FROM audit_log WHERE operation = 'expand_archive'"
                    + " AND details->>'id' = ?",
                archive.toString()))
        .isEqualTo("1");
    registry.advanceIngestedSessions();
    assertThat(database.status("sessions", session)).as("its files wait").isEqualTo("uploaded");
  }

  @Test
  void archives_of_a_session_share_its_room_and_what_was_kept_out_stays_out() {
    UUID session = database.session(organization, "uploaded");
    database.file(organization, session, "a.jpg", "uploaded");
    database.file(organization, session, "b.jpg", "quarantined");
    UUID first = database.file(organization, session, "1.zip", "uploaded");
    UUID second = database.file(organization, session, "2.zip", "uploaded");
    List<ArchiveMember> ofFirst = List.of(member("c", 0, "", "empty-file"), photo("d"), photo("e"));
    List<ArchiveMember> ofSecond = List.of(photo("f"), photo("g"), photo("h"));
    List<String> once = codes(first, ofFirst, 4);
    assertThat(once).as("a.jpg and 2.zip are there").containsExactly("empty-file", "", "");
    List<String> full = codes(second, ofSecond, 4);
    assertThat(full).containsExactly("", "too-many-photos", "too-many-photos");
    assertThat(codes(first, ofFirst, 3)).as("again, with less room").isEqualTo(once);
    assertThat(codes(second, ofSecond, 5)).as("again, with more room").isEqualTo(full);
    assertThat(
            text(
                "SELECT string_agg(name || ' ' || status, ', ' ORDER BY name) FROM session_files"
                    + " WHERE archive_id = ?",
                second))
        .isEqualTo("f uploaded, g quarantined, h quarantined");
  }

  private List<String> codes(UUID archive, List<ArchiveMember> members, int mostPhotos) {
    return registry.registerMembers("session_files", archive, members, mostPhotos).stream()
        .map(ArchiveMember::reasonCode)
        .toList();
  }

  private static ArchiveMember photo(String name) {
    return member(name, 10, SHA, "");
  }

  @Test
  void the_last_verdict_on_a_photograph_stands() {
    UUID session = database.session(organization, "processing");
    UUID photo = database.file(organization, session, "a.jpg", "accepted");
    registry.recordVerdicts(session, List.of(new PhotoVerdict("a.jpg", "reject", "blurred")));
    registry.recordVerdicts(
        session,
        List.of(new PhotoVerdict("a.jpg", "good", ""), new PhotoVerdict("no-such", "good", "")));

    assertThat(text("SELECT grade FROM session_files WHERE id = ?", photo)).isEqualTo("good");
    assertThat(text("SELECT coalesce(advice, 'none') FROM session_files WHERE id = ?", photo))
        .isEqualTo("none");
    assertThat(database.status("session_files", photo)).isEqualTo("accepted");
  }

  private static ArchiveMember member(String name, long bytes, String sha256, String code) {
    UUID id = UUID.randomUUID();
    return new ArchiveMember(
        id,
        name,
        "spare " + name,
        new ObjectKey("x/" + id),
        "image/jpeg",
        bytes,
        sha256,
        code,
        code);
  }

  @Test
  void a_duplicate_of_another_organisation_is_refused() {
    UUID session = database.session(organization, "uploaded");
    UUID photo = database.file(organization, session, "a.jpg", "uploaded");
    UUID other = database.organization();
    UUID theirs = database.file(other, database.session(other, "uploaded"), "a.jpg", "accepted");

    assertThatThrownBy(
            () ->
                registry.recordOutcomes(
                    List.of(
                        new UploadOutcome(
                            "session_files",
                            photo,
                            "duplicate",
                            "duplicate",
                            "same",
                            SHA,
                            Optional.of(theirs)))))
        .hasMessageContaining("foreign key");
  }

  @Test
  void a_session_waits_for_every_file_and_then_moves_once() {
    UUID session = database.session(organization, "uploaded");
    UUID one = database.file(organization, session, "1.jpg", "uploaded");
    UUID two = database.file(organization, session, "2.jpg", "uploaded");

    registry.recordOutcomes(List.of(accepted(one)));
    registry.advanceIngestedSessions();
    assertThat(database.status("sessions", session)).isEqualTo("uploaded");

    registry.recordOutcomes(List.of(accepted(two)));
    assertThat(registry.advanceIngestedSessions()).isEqualTo(1);
    assertThat(registry.advanceIngestedSessions()).isZero();
    assertThat(registry.sessionLeases().waiting(100, 3))
        .contains(new JobRegistry.PendingSession(session, organization));
  }

  @Test
  void a_training_run_recorded_again_replaces_its_row() {
    UUID run = UUID.randomUUID();
    registry.recordTraining(new TrainingLog(run, "cnn", "{\"auc\": 0.7}", "{}", "networks/x"));
    registry.recordTraining(new TrainingLog(run, "cnn", "{\"auc\": 0.8}", "{}", "networks/x"));
    assertThat(registry.latestTraining())
        .hasValueSatisfying(log -> assertThat(log.metricsJson()).isEqualTo("{\"auc\": 0.8}"));
    assertThat(text("SELECT count(*) FROM model_training_logs WHERE id = ?", run)).isEqualTo("1");
  }

  private String text(String sql, Object value) {
    return String.valueOf(TestDatabase.ask(database.owner, sql, value));
  }

  private static UploadOutcome accepted(UUID id) {
    return new UploadOutcome("session_files", id, "accepted", "", "", SHA, Optional.empty());
  }
}
