package fovea.registry;

import static fovea.registry.Sessions.Filter.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.cohort.Laterality;
import fovea.contract.cohort.Sex;
import fovea.contract.consent.Decision;
import fovea.contract.consent.Purpose;
import fovea.contract.errors.CallerMistake;
import fovea.contract.refraction.RefractiveError;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ApiRegistryIT {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 2);
  private static final String SHA = "c".repeat(64);
  private static final TestDatabase DATABASE = TestDatabase.shared();
  private static final NameCipher NAMES = NameCipher.of("0123456789abcdef0123456789abcdef");
  private static final ApiRegistry REGISTRY = ApiRegistry.open(DATABASE.api, NAMES);

  private final Actor doctor = actor("doctor", DATABASE.organization());
  private final Actor stranger = actor("admin", DATABASE.organization());

  @AfterAll
  static void close() {
    REGISTRY.close();
  }

  @Test
  void a_patients_name_is_encrypted_at_rest_and_readable_to_doctors_only() {
    Made patient = patient("ref-1");
    String hex =
        TestDatabase.ask(
            DATABASE.owner,
            "SELECT encode(patient_name, 'escape') FROM patients WHERE id = ?",
            patient.id());
    assertThat(hex).isNotNull().doesNotContain("Lovelace");

    Actor researcher = actor("researcher", doctor.organization());
    assertThat(name(doctor, patient.id())).isEqualTo("Ada Lovelace");
    assertThat(name(researcher, patient.id())).isEqualTo("null");
    assertThat(audited(patient.id())).isEqualTo("create_patient");
  }

  @Test
  void the_same_external_reference_is_the_same_patient_within_an_organisation() {
    Made first = patient("ref-1");
    assertThat(patient("ref-1")).isEqualTo(new Made(first.id(), false));
    Made theirs =
        REGISTRY.inOrganization(stranger, stores -> stores.patients().create(named("ref-1")));
    assertThat(theirs.isNew()).isTrue();
    assertThat(audited(first.id())).isEqualTo("create_patient");
  }

  @Test
  void another_organisation_sees_none_of_it() {
    Made patient = patient("ref-1");
    Made eye = eye(patient);
    Upload image = image(eye.id(), SHA);
    UUID session = session("s-1");
    REGISTRY.inOrganization(
        stranger,
        stores -> {
          assertThat(stores.patients().find(patient.id())).isEmpty();
          assertThat(stores.images().find(image.id())).isEmpty();
          assertThat(stores.sessions().find(session)).isEmpty();
          assertThat(stores.sessions().page(ALL, PageRequest.first(100)).items()).isEmpty();
          return stores;
        });
    assertNotFound(
        () ->
            REGISTRY.inOrganization(
                stranger, stores -> stores.eyes().create(patient.id(), Laterality.LEFT)));
    assertNotFound(
        () ->
            REGISTRY.inOrganization(
                stranger, stores -> stores.images().request(eye.id(), jpeg(SHA), DAY)));
    assertNotFound(
        () -> REGISTRY.inOrganization(stranger, stores -> stores.sessions().submit(session)));
    // The same content in another organisation is not a repetition: it would tell that it exists.
    Made theirPatient =
        REGISTRY.inOrganization(stranger, stores -> stores.patients().create(named("z")));
    REGISTRY.inOrganization(
        stranger,
        stores -> {
          UUID theirEye = stores.eyes().create(theirPatient.id(), Laterality.LEFT).id();
          assertThat(stores.images().request(theirEye, jpeg(SHA), DAY).awaited()).isTrue();
          return theirEye;
        });
  }

  @Test
  void without_an_organisation_the_login_sees_nothing_and_writes_nothing() {
    patient("ref-1");
    for (String table :
        new String[] {"patients", "eyes", "fundus_images", "sessions", "users", "audit_log"}) {
      assertThat(TestDatabase.ask(DATABASE.api, "SELECT count(*) FROM " + table))
          .as(table)
          .isEqualTo("0");
    }
    assertThatThrownBy(
            () ->
                TestDatabase.ask(
                    DATABASE.api,
                    "INSERT INTO patients (organization_id) VALUES (?)",
                    doctor.organization()))
        .hasMessageContaining("row-level security");
    assertThatThrownBy(() -> TestDatabase.ask(DATABASE.api, "DELETE FROM audit_log"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void jobs_read_what_research_needs_and_never_a_name() {
    Made eye = eye(patient("ref-1"));
    image(eye.id(), SHA);
    String joined =
        """
        SELECT count(i.*) FROM fundus_images i JOIN eyes e ON e.id = i.eye_id
        JOIN (SELECT id, age, gender, ethnicity FROM patients) p ON p.id = e.patient_id
        WHERE e.id = ?
        """;
    assertThat(TestDatabase.ask(DATABASE.jobs, joined, eye.id())).isEqualTo("1");
    assertThat(
            TestDatabase.ask(
                DATABASE.jobs,
                """
                SELECT count(f.*) >= 0 FROM session_files f
                JOIN sessions s ON s.id = f.session_id WHERE s.status = 'uploaded'
                """))
        .isEqualTo("t");
    for (String sql :
        new String[] {
          "SELECT patient_name FROM patients",
          "SELECT external_reference FROM patients",
          "SELECT * FROM patients",
          "SELECT patient_name FROM sessions",
          "SELECT password_hash FROM users",
          "UPDATE patients SET age = 1",
          "UPDATE fundus_images SET object_key = 'x'",
          "SELECT * FROM audit_log"
        }) {
      assertThatThrownBy(() -> TestDatabase.ask(DATABASE.jobs, sql))
          .as(sql)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void an_owner_or_superuser_is_refused_as_the_apis_login() {
    assertThatThrownBy(() -> ApiRegistry.open(DATABASE.owner, NAMES).close())
        .isInstanceOf(CallerMistake.class)
        .hasMessageContaining("row-level security");
  }

  @Test
  void a_refraction_repeated_in_every_value_is_the_same() {
    UUID eye = eye(patient("ref-1")).id();
    Refractions.Measurement measured =
        new Refractions.Measurement(new RefractiveError(-2, -1, 90), 24.1, null, null, null);
    Made first = REGISTRY.inOrganization(doctor, s -> s.refractions().create(eye, measured));
    Made again = REGISTRY.inOrganization(doctor, s -> s.refractions().create(eye, measured));
    assertThat(again).isEqualTo(new Made(first.id(), false));
    Refractions.Measurement later =
        new Refractions.Measurement(new RefractiveError(-2, -1, 90), 24.2, null, null, null);
    assertThat(REGISTRY.inOrganization(doctor, s -> s.refractions().create(eye, later)).isNew())
        .isTrue();
  }

  @Test
  void content_that_has_arrived_is_not_uploaded_again() {
    UUID eye = eye(patient("ref-1")).id();
    Upload first = image(eye, SHA);
    assertThat(first.awaited()).isTrue();
    assertThat(first.key().path())
        .isEqualTo("research/fundus/2026-01-02/" + doctor.organization() + "/" + first.id());
    REGISTRY.inOrganization(
        doctor,
        stores -> {
          stores.arrivals(Arrivals.Table.FUNDUS_IMAGES).markUploaded(first.id());
          stores.arrivals(Arrivals.Table.FUNDUS_IMAGES).markUploaded(first.id());
          return first;
        });
    Upload again = image(eye, SHA);
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.status()).isEqualTo("uploaded");
    assertThat(audited(first.id())).isEqualTo("request_upload,complete_upload");
  }

  @Test
  void a_session_is_submitted_once_all_its_files_have_arrived() {
    UUID session = session("s-1");
    assertCode("session-empty", () -> submit(session));
    Upload one = photo(session, "1.jpg", SHA);
    assertThat(photo(session, "1.jpg", SHA).id()).isEqualTo(one.id());
    assertCode("uploads-incomplete", () -> submit(session));
    arrive(one);
    assertThat(photo(session, "1.jpg", SHA).status()).isEqualTo("uploaded");
    assertCode("name-taken", () -> photo(session, "1.jpg", "d".repeat(64)));
    photo(session, "2.jpg", "d".repeat(64));
    assertCode("too-many-files", () -> photo(session, "3.jpg", "e".repeat(64)));
    arrive(photo(session, "2.jpg", "d".repeat(64)));

    assertThat(submit(session).status()).isEqualTo("uploaded");
    assertThat(submit(session).photos()).isEqualTo(2);
    assertThat(photo(session, "1.jpg", SHA).status()).isEqualTo("uploaded");
    assertCode("session-closed", () -> photo(session, "4.jpg", "f".repeat(64)));
    assertThat(audited(session)).isEqualTo("create_session,submit_session");
  }

  @Test
  void pages_follow_each_other_without_gaps() {
    UUID first = session("a");
    UUID second = session("b");
    UUID third = session("c");
    REGISTRY.inOrganization(
        doctor,
        stores -> {
          Page<Session> newest = stores.sessions().page(ALL, PageRequest.first(2));
          assertThat(newest.items()).extracting(Session::id).containsExactly(third, second);
          Page<Session> rest = stores.sessions().page(ALL, new PageRequest(2, newest.next()));
          assertThat(rest.items()).extracting(Session::id).containsExactly(first);
          assertThat(rest.next()).isEmpty();
          return stores;
        });
  }

  @Test
  void a_reference_is_readable_to_who_may_read_names() {
    UUID patient = patient("ref-1").id();
    Actor researcher = actor("researcher", doctor.organization());
    assertThat(listed(doctor, patient).externalReference()).isEqualTo("ref-1");
    assertThat(listed(doctor, patient).name()).isEqualTo("Ada Lovelace");
    assertThat(listed(researcher, patient).externalReference()).isNull();
    assertThat(listed(researcher, patient).name()).isNull();
  }

  @Test
  void a_patient_of_whom_something_was_measured_is_not_removed() {
    UUID measured = patient("ref-1").id();
    image(eye(new Made(measured, false)).id(), SHA);
    assertCode(
        "patient-has-data", () -> REGISTRY.inOrganization(doctor, s -> removed(s, measured)));
    UUID mistaken = patient("ref-2").id();
    eye(new Made(mistaken, false));
    REGISTRY.inOrganization(
        doctor,
        stores -> {
          stores.consents().record(mistaken, Purpose.RESEARCH, Decision.GIVEN, null);
          return removed(stores, mistaken);
        });
    assertNotFound(() -> REGISTRY.inOrganization(doctor, s -> removed(s, mistaken)));
    assertNotFound(() -> REGISTRY.inOrganization(stranger, s -> removed(s, measured)));
  }

  @Test
  void a_request_is_done_once_for_each_key_and_its_answer_lies_encrypted() {
    String key = UUID.randomUUID().toString();
    UUID begun = begin(doctor, key, SHA).id();
    assertCode("request-in-progress", () -> begin(doctor, key, SHA));
    assertCode("key-reused", () -> begin(doctor, key, "d".repeat(64)));
    Answer answer = new Answer(201, "application/json", "{\"name\":\"Ada\"}");
    REGISTRY.inOrganization(
        doctor,
        stores -> {
          stores.repetitions().finish(begun, answer);
          return stores;
        });
    assertThat(begin(doctor, key, SHA).before()).contains(answer);
    assertThat(begin(stranger, key, SHA).before()).isEmpty();
    String stored =
        TestDatabase.ask(
            DATABASE.owner,
            "SELECT encode(answer, 'escape') FROM idempotency_keys WHERE id = ?",
            begun);
    assertThat(stored).isNotNull().doesNotContain("Ada");
  }

  private static Repetitions.Begun begin(Actor who, String key, String sha256) {
    return REGISTRY.inOrganization(who, s -> s.repetitions().begin("POST /x", key, sha256));
  }

  private static UUID removed(Stores stores, UUID patient) {
    stores.patientCorrections().remove(patient);
    return patient;
  }

  private static Patients.Patient listed(Actor who, UUID patient) {
    Patients.Filter any =
        new Patients.Filter(Optional.empty(), Optional.empty(), Optional.empty(), Period.ALWAYS);
    return REGISTRY
        .inOrganization(who, stores -> stores.patients().page(any, PageRequest.first(100)))
        .items()
        .stream()
        .filter(each -> each.id().equals(patient))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_administrator_signs_in_with_the_newest_password() {
    String email = UUID.randomUUID() + "@Fovea.local";
    Actor made = Bootstrap.run(DATABASE.owner, "Clinic " + email, email, "first");
    assertThat(Bootstrap.run(DATABASE.owner, "Clinic " + email, email, "second")).isEqualTo(made);
    Account account = REGISTRY.credentials().account(email, null).orElseThrow();
    assertThat(account.actor()).isEqualTo(made);
    assertThat(made.role()).isEqualTo(Role.ADMIN);
    assertThat(account.toString()).doesNotContain("argon2");
    assertThat(
            Passwords.matches(
                "second", REGISTRY.credentials().account(email, null).map(Account::passwordHash)))
        .isTrue();
    assertThat(REGISTRY.credentials().account("nobody@fovea.local", null)).isEmpty();
  }

  @Test
  void a_failed_transaction_leaves_neither_rows_nor_audit() {
    assertThatThrownBy(
            () ->
                REGISTRY.inOrganization(
                    doctor,
                    stores -> {
                      stores.patients().create(named("lost"));
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(
            TestDatabase.ask(
                DATABASE.owner,
                "SELECT (SELECT count(*) FROM patients WHERE organization_id = ?)"
                    + " + (SELECT count(*) FROM audit_log WHERE organization_id = ?)",
                doctor.organization(),
                doctor.organization()))
        .isEqualTo("0");
  }

  private Made patient(String reference) {
    return REGISTRY.inOrganization(doctor, stores -> stores.patients().create(named(reference)));
  }

  private Made eye(Made patient) {
    return REGISTRY.inOrganization(
        doctor, stores -> stores.eyes().create(patient.id(), Laterality.LEFT));
  }

  private Upload image(UUID eye, String sha256) {
    return REGISTRY.inOrganization(
        doctor, stores -> stores.images().request(eye, jpeg(sha256), DAY));
  }

  private UUID session(String sessionId) {
    return REGISTRY
        .inOrganization(
            doctor,
            stores ->
                stores
                    .sessions()
                    .create(new Sessions.NewSession(sessionId, "p", "Ada Lovelace", "{}")))
        .id();
  }

  private Session submit(UUID session) {
    return REGISTRY.inOrganization(doctor, stores -> stores.sessions().submit(session));
  }

  private Upload photo(UUID session, String name, String sha256) {
    return REGISTRY.inOrganization(
        doctor,
        stores ->
            stores
                .sessionFiles()
                .request(
                    session,
                    new SessionFiles.NewFile("photo", name, "image/jpeg", 10, sha256),
                    DAY,
                    2));
  }

  private void arrive(Upload file) {
    REGISTRY.inOrganization(
        doctor,
        stores -> {
          stores.arrivals(Arrivals.Table.SESSION_FILES).markUploaded(file.id());
          return file;
        });
  }

  private String name(Actor actor, UUID patient) {
    return String.valueOf(
        REGISTRY
            .inOrganization(actor, stores -> stores.patients().find(patient))
            .orElseThrow()
            .name());
  }

  private static String audited(UUID row) {
    return String.valueOf(
        TestDatabase.ask(
            DATABASE.owner,
            "SELECT string_agg(operation, ',' ORDER BY id) FROM audit_log"
                + " WHERE details->>'id' = ?",
            row.toString()));
  }

  private static Patients.NewPatient named(String reference) {
    return new Patients.NewPatient(reference, "Ada Lovelace", 36, Sex.FEMALE, "british");
  }

  private static Images.NewImage jpeg(String sha256) {
    return new Images.NewImage("image/jpeg", 10, sha256, "camera", 2, null);
  }

  private static Actor actor(String role, UUID organization) {
    UUID user =
        DATABASE.make(
            "INSERT INTO users (organization_id, email, name, role, password_hash)"
                + " VALUES (?, ?, 'x', ?, 'x')",
            organization,
            UUID.randomUUID() + "@test",
            role);
    return new Actor(user, organization, Role.of(role));
  }

  private static void assertNotFound(ThrowingCallable call) {
    assertCode("not-found", call);
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            CallerMistake.class, mistake -> assertThat(mistake.code()).isEqualTo(code));
  }
}
