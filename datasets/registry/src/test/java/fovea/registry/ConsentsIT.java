package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.consent.Decision;
import fovea.contract.consent.Purpose;
import fovea.contract.errors.CallerMistake;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What patients allowed: decisions are kept, the newest counts, and no organisation sees another's.
 */
class ConsentsIT {
  private static final TestDatabase DATABASE = TestDatabase.shared();
  private static final ApiRegistry REGISTRY =
      ApiRegistry.open(DATABASE.api, NameCipher.of("0123456789abcdef0123456789abcdef"));
  private static final Instant LAST_YEAR = Instant.parse("2025-03-01T10:00:00Z");

  private final Actor doctor = actor();
  private final UUID patient =
      DATABASE.make("INSERT INTO patients (organization_id) VALUES (?)", doctor.organization());

  @Test
  void nothing_is_recorded_until_somebody_records_it() {
    assertThat(stands("research")).isEqualTo("unrecorded");
    assertThat(stands("training")).isEqualTo("unrecorded");
    assertThat(decisions()).isEmpty();
  }

  @Test
  void the_newest_decision_counts_and_the_older_ones_are_kept() {
    record(Purpose.TRAINING, Decision.WITHDRAWN, null);
    record(Purpose.TRAINING, Decision.GIVEN, LAST_YEAR);
    assertThat(stands("training")).isEqualTo("withdrawn");
    record(Purpose.TRAINING, Decision.GIVEN, null);
    assertThat(stands("training")).isEqualTo("given");
    assertThat(stands("research")).isEqualTo("unrecorded");
    assertThat(decisions())
        .extracting(Consents.Entry::decision)
        .containsExactly(Decision.GIVEN, Decision.WITHDRAWN, Decision.GIVEN);
    assertThat(decisions().get(2).decidedAt()).isEqualTo(LAST_YEAR);
  }

  @Test
  void who_withdraws_research_withdraws_training_with_it() {
    record(Purpose.TRAINING, Decision.GIVEN, null);
    record(Purpose.RESEARCH, Decision.WITHDRAWN, null);
    assertThat(stands("training")).isEqualTo("withdrawn");
    record(Purpose.RESEARCH, Decision.GIVEN, null);
    assertThat(stands("training")).isEqualTo("given");
  }

  @Test
  void another_organisation_neither_sees_nor_records_it() {
    record(Purpose.RESEARCH, Decision.GIVEN, null);
    Actor stranger = actor();
    assertThatThrownBy(
            () ->
                REGISTRY.<List<Consents.Entry>>inOrganization(
                    stranger, stores -> stores.consents().of(patient)))
        .isInstanceOfSatisfying(
            CallerMistake.class, mistake -> assertThat(mistake.code()).isEqualTo("not-found"));
    assertThatThrownBy(
            () ->
                REGISTRY.inOrganization(
                    stranger,
                    stores -> {
                      stores.consents().record(patient, Purpose.RESEARCH, Decision.GIVEN, null);
                      return stores;
                    }))
        .isInstanceOfSatisfying(
            CallerMistake.class, mistake -> assertThat(mistake.code()).isEqualTo("not-found"));
  }

  @Test
  void decisions_stay_and_go_with_the_patient_only() {
    record(Purpose.TRAINING, Decision.GIVEN, null);
    for (RegistrySettings who : List.of(DATABASE.api, DATABASE.jobs)) {
      assertThatThrownBy(
              () -> TestDatabase.ask(who, "UPDATE consent_decisions SET decision = 'withdrawn'"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> TestDatabase.ask(who, "DELETE FROM consent_decisions"))
          .hasMessageContaining("permission denied");
    }
    assertThatThrownBy(
            () -> TestDatabase.ask(DATABASE.jobs, "SELECT recorded_by FROM consent_decisions"))
        .hasMessageContaining("permission denied");
    TestDatabase.ask(DATABASE.owner, "DELETE FROM patients WHERE id = ?", patient);
    assertThat(
            TestDatabase.ask(
                DATABASE.owner,
                "SELECT count(*) FROM consent_decisions WHERE patient_id = ?",
                patient))
        .isEqualTo("0");
  }

  @Test
  void its_owner_is_held_to_row_level_security_too() {
    assertThat(
            TestDatabase.ask(
                DATABASE.owner,
                "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class"
                    + " WHERE oid = 'consent_decisions'::regclass"))
        .isEqualTo("t");
  }

  private void record(Purpose purpose, Decision decision, @Nullable Instant at) {
    REGISTRY.inOrganization(
        doctor,
        stores -> {
          stores.consents().record(patient, purpose, decision, at);
          return stores;
        });
  }

  private List<Consents.Entry> decisions() {
    return REGISTRY.inOrganization(doctor, stores -> stores.consents().of(patient));
  }

  private @Nullable String stands(String purpose) {
    return TestDatabase.ask(
        DATABASE.jobs, "SELECT " + purpose + " FROM consents WHERE patient_id = ?", patient);
  }

  private static Actor actor() {
    UUID organization = DATABASE.organization();
    UUID user =
        DATABASE.make(
            "INSERT INTO users (organization_id, email, name, role, password_hash)"
                + " VALUES (?, ?, 'x', 'doctor', 'x')",
            organization,
            UUID.randomUUID() + "@test");
    return new Actor(user, organization, Role.of("doctor"));
  }
}
