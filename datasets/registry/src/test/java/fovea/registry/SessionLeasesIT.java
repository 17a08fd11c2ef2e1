package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.capture.ObjectKey;
import fovea.contract.model.ModelArtifact;
import fovea.contract.model.ModelFormat;
import fovea.registry.SessionLeases.Lease;
import fovea.registry.SessionLeases.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionLeasesIT {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int TRIES = 3;

  private final TestDatabase database = TestDatabase.shared();
  private final JobRegistry registry = JobRegistry.open(database.jobs);
  private final SessionLeases leases = registry.sessionLeases();
  private final UUID organization = database.organization();

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void only_one_of_two_takes_a_session() {
    UUID session = database.session(organization, "ingested");
    Lease lease = claim(session);
    assertThat(leases.claim(session, LONG, TRIES)).isEmpty();
    assertThat(leases.waiting(100, TRIES)).noneMatch(p -> p.session().equals(session));
    leases.progress(lease, "training", 250, Optional.of(27.5));
    assertThat(text("SELECT concat(stage, percent, psnr) FROM sessions WHERE id = ?", session))
        .isEqualTo("training10027.5");
  }

  @Test
  void a_lease_that_ran_out_is_taken_over_and_its_first_holder_can_end_nothing() {
    UUID session = database.session(organization, "ingested");
    Lease first = claim(session);
    runOut(session);
    Lease second = claim(session);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.version()).as("its files have keys of their own").isEqualTo(2);
    assertThat(leases.renew(first, LONG)).isEqualTo(Standing.LOST);
    leases.fail(first, "too late");
    leases.release(first, "too late");
    leases.progress(first, "too late", 1, Optional.empty());
    assertThatThrownBy(() -> leases.complete(first, files(session), "{}"))
        .hasMessageContaining("not in processing under this lease");
    assertThat(leases.renew(second, LONG)).isEqualTo(Standing.HELD);
    assertThat(text("SELECT concat(status, stage) FROM sessions WHERE id = ?", session))
        .isEqualTo("processingstarting");
  }

  @Test
  void a_session_released_three_times_fails_with_the_last_reason() {
    UUID session = database.session(organization, "ingested");
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      assertThat(leases.settle(TRIES)).noneMatch(e -> e.session().equals(session));
      leases.release(claim(session), "The disk was full, " + attempt + ".");
    }
    assertThat(leases.claim(session, LONG, TRIES)).isEmpty();
    assertThat(leases.settle(TRIES)).anyMatch(e -> e.session().equals(session));
    assertThat(text("SELECT status || failure_reason FROM sessions WHERE id = ?", session))
        .isEqualTo("failedGiven up after 3 tries. The disk was full, 3.");
    assertThat(leases.settle(TRIES)).as("once").noneMatch(e -> e.session().equals(session));
  }

  @Test
  void files_of_a_model_and_its_session_become_visible_together_and_once() {
    UUID session = database.session(organization, "ingested");
    Lease lease = claim(session);
    leases.complete(lease, files(session), "{\"psnr\": 31.2}");
    leases.complete(lease, files(session), "{\"psnr\": 31.2}");
    assertThat(text("SELECT status || model_format FROM sessions WHERE id = ?", session))
        .isEqualTo("completedply");
    assertThat(text("SELECT count(*) FROM models WHERE session_id = ?", session)).isEqualTo("2");
    assertThat(text("SELECT count(*) FROM audit_log WHERE details->>'id' = ?", session.toString()))
        .isEqualTo("1");
    leases.fail(lease, "too late");
    assertThat(leases.claim(session, LONG, TRIES)).isEmpty();
    assertThat(database.status("sessions", session)).isEqualTo("completed");
  }

  @Test
  void a_withdrawn_session_tells_its_holder_and_is_never_claimed_again() {
    UUID session = database.session(organization, "ingested");
    Lease lease = claim(session);
    text(
        "UPDATE sessions SET cancel_requested_at = now() WHERE id = ? RETURNING id::text", session);
    assertThat(leases.renew(lease, LONG)).isEqualTo(Standing.CANCEL);
    runOut(session);
    assertThat(leases.claim(session, LONG, TRIES)).isEmpty();
    leases.settle(TRIES);
    assertThat(database.status("sessions", session)).isEqualTo("cancelled");
  }

  private Lease claim(UUID session) {
    return leases.claim(session, LONG, TRIES).orElseThrow();
  }

  private void runOut(UUID session) {
    text(
        "UPDATE sessions SET lease_until = now() - interval '1 s' WHERE id = ? RETURNING id::text",
        session);
  }

  private String text(String sql, Object value) {
    return String.valueOf(TestDatabase.ask(database.owner, sql, value));
  }

  private static List<ModelArtifact> files(UUID session) {
    return List.of(file(session, ModelFormat.PLY), file(session, ModelFormat.SPZ));
  }

  private static ModelArtifact file(UUID session, ModelFormat format) {
    ObjectKey key = ObjectKey.model(session, 1, "model." + format.word());
    return new ModelArtifact(key, format, 1234, "b".repeat(64));
  }
}
