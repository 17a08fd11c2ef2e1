package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import fovea.contract.model.GateCheck;
import fovea.contract.model.GateCheck.Bound;
import fovea.contract.model.ModelState;
import fovea.registry.JobRegistry.TrainingLog;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainedModelsIT {
  private static final String SHA = "a".repeat(64);
  private static final Optional<UUID> AUDIT = Optional.of(UUID.randomUUID());
  private static final GateCheck GOOD = GateCheck.of("auc", 0.9, Bound.AT_LEAST, 0.8, "");
  private static final GateCheck BAD = GateCheck.of("gap", 0.3, Bound.AT_MOST, 0.1, "");
  private static final GateCheck MISSING =
      GateCheck.of("sensitivity", Double.NaN, Bound.AT_LEAST, 0, "");

  private final TestDatabase database = TestDatabase.shared();
  private final JobRegistry registry = JobRegistry.open(database.jobs);
  private final TrainedModels models = registry.trainedModels();
  private final UUID run = trained();

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void training_leaves_a_candidate_once() {
    record(run);
    assertThat(state()).isEqualTo(ModelState.CANDIDATE);
    assertThat(models.steps(run))
        .singleElement()
        .satisfies(step -> assertThat(step.from()).isEmpty())
        .satisfies(step -> assertThat(step.by()).isEqualTo("train"));
    assertThat(models.newest(1000)).extracting(TrainedModel::run).contains(run);
    assertThat(models.newestGate(run)).isEmpty();
  }

  @Test
  void a_network_goes_from_candidate_to_retired_and_every_step_is_kept() {
    judge(GOOD);
    models.publish(run, SHA, AUDIT, "ada", "for the study");
    record(run);
    assertThat(state()).as("a training recorded again").isEqualTo(ModelState.PUBLISHED);
    models.retire(run, "bob", "superseded");

    assertThat(models.steps(run))
        .extracting(step -> step.to().word() + " by " + step.by() + ": " + step.reason())
        .satisfies(steps -> assertThat(steps.get(0)).isEqualTo("candidate by train: trained"))
        .satisfies(steps -> assertThat(steps.get(1)).matches("gated by eve: gate \\d+ passed"))
        .satisfies(steps -> assertThat(steps.get(2)).isEqualTo("published by ada: for the study"))
        .satisfies(steps -> assertThat(steps.get(3)).isEqualTo("retired by bob: superseded"))
        .hasSize(4);
    assertThat(audited()).isEqualTo("gated eve, published ada, retired bob");
  }

  @Test
  void what_a_gate_said_is_kept_check_by_check() {
    ModelGate gate = judge(GOOD, BAD, MISSING);
    assertThat(gate.passed()).isFalse();
    assertThat(gate.failures()).isEqualTo(2);
    assertThat(models.newestGate(run)).contains(gate);
    assertThat(gate.checks()).containsExactly(GOOD, BAD, MISSING);
    assertThat(gate.audit()).isEqualTo(AUDIT);
    assertThat(state()).isEqualTo(ModelState.CANDIDATE);
  }

  @Test
  void a_gate_without_checks_and_audit_does_not_pass() {
    ModelGate gate = models.judge(run, SHA, Optional.empty(), List.of(), "eve");
    assertThat(gate.passed()).isFalse();
    assertThat(gate.audit()).isEmpty();
    assertThat(state()).isEqualTo(ModelState.CANDIDATE);
  }

  @Test
  void a_newer_gate_takes_a_pass_back_but_not_a_publication() {
    judge(GOOD);
    judge(GOOD, BAD);
    assertThat(state()).isEqualTo(ModelState.CANDIDATE);
    assertMistake("no-passing-gate", () -> publish(SHA, AUDIT));

    judge(GOOD);
    publish(SHA, AUDIT);
    judge(BAD);
    assertThat(state()).isEqualTo(ModelState.PUBLISHED);
  }

  @Test
  void nothing_is_published_without_a_gate_that_passed_for_these_weights_and_this_audit() {
    assertMistake("no-passing-gate", () -> publish(SHA, AUDIT));
    judge(BAD);
    assertMistake("no-passing-gate", () -> publish(SHA, AUDIT));
    judge(GOOD);
    assertMistake("gate-outdated", () -> publish("b".repeat(64), AUDIT));
    assertMistake("gate-outdated", () -> publish(SHA, Optional.of(UUID.randomUUID())));
    assertThat(state()).isEqualTo(ModelState.GATED);
    publish(SHA, AUDIT);
    assertMistake("illegal-step", () -> publish(SHA, AUDIT));
  }

  @Test
  void a_retired_network_stays_retired() {
    models.retire(run, "bob", "leaked test set");
    assertMistake("illegal-step", () -> models.retire(run, "bob", "again"));
    assertMistake("illegal-step", () -> publish(SHA, AUDIT));
    assertMistake("illegal-step", () -> judge(GOOD));
    assertThat(state()).isEqualTo(ModelState.RETIRED);
    assertThat(models.newestGate(run)).isEmpty();
  }

  @Test
  void an_unknown_network_is_the_callers_mistake() {
    UUID unknown = UUID.randomUUID();
    assertMistake("no-such-model", () -> models.retire(unknown, "bob", "x"));
    assertMistake("no-such-model", () -> models.judge(unknown, SHA, AUDIT, List.of(GOOD), "eve"));
    assertThat(models.find(unknown)).isEmpty();
  }

  @Test
  void the_database_itself_refuses_a_pass_without_a_number() {
    long gate = judge(GOOD).number();
    for (String value : List.of("NULL", "'NaN'", "0.7")) {
      assertThatThrownBy(
              () ->
                  TestDatabase.ask(
                      database.jobs,
                      "INSERT INTO model_gate_checks VALUES (?, 9, 'x', "
                          + value
                          + ", 'at least', 0.8, true, '')",
                      gate))
          .hasMessageContaining("violates check constraint");
    }
  }

  @Test
  void the_api_reads_decisions_once_signed_in_and_nobody_unmakes_them() {
    judge(GOOD);
    for (String table : List.of("model_steps", "model_gates", "model_gate_checks")) {
      String count = "SELECT count(*) FROM " + table;
      assertThat(TestDatabase.ask(database.api, count)).as(table).isEqualTo("0");
      assertThat(TestDatabase.ask(database.api, signedIn(count))).as(table).isNotEqualTo("0");
      for (RegistrySettings who : List.of(database.api, database.jobs)) {
        assertThatThrownBy(() -> TestDatabase.ask(who, "DELETE FROM " + table))
            .hasMessageContaining("permission denied");
      }
    }
    assertThatThrownBy(
            () -> TestDatabase.ask(database.api, "UPDATE model_training_logs SET state = 'gated'"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () -> TestDatabase.ask(database.jobs, "UPDATE model_gates SET passed = true"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void every_table_of_the_registry_has_row_level_security() {
    assertThat(
            TestDatabase.ask(
                database.owner,
                "SELECT string_agg(relname, ', ') FROM pg_class WHERE relkind = 'r'"
                    + " AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity"
                    + " AND relname <> 'flyway_schema_history'"))
        .isNull();
  }

  private static String signedIn(String count) {
    return "WITH me AS MATERIALIZED (SELECT set_config('fovea.organization', '"
        + UUID.randomUUID()
        + "', false) AS id) SELECT CASE WHEN id IS NULL THEN -1 ELSE ("
        + count
        + ") END FROM me";
  }

  private ModelGate judge(GateCheck... checks) {
    return models.judge(run, SHA, AUDIT, List.of(checks), "eve");
  }

  private void publish(String sha256, Optional<UUID> audit) {
    models.publish(run, sha256, audit, "ada", "for the study");
  }

  private ModelState state() {
    return models.find(run).orElseThrow().state();
  }

  private String audited() {
    return String.valueOf(
        TestDatabase.ask(
            database.owner,
            "SELECT string_agg(details->>'state' || ' ' || (details->>'by'), ', ' ORDER BY id)"
                + " FROM audit_log WHERE details->>'id' = ?",
            run.toString()));
  }

  private UUID trained() {
    UUID id = UUID.randomUUID();
    record(id);
    return id;
  }

  private void record(UUID id) {
    registry.recordTraining(new TrainingLog(id, "cnn", "{\"auc\": 0.9}", "{}", "networks/x"));
  }

  private static void assertMistake(String code, ThrowingCallable call) {
    assertThatExceptionOfType(CallerMistake.class)
        .isThrownBy(call)
        .satisfies(mistake -> assertThat(mistake.code()).isEqualTo(code));
  }
}
