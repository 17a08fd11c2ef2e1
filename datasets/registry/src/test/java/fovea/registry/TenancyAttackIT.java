package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.contract.cohort.Laterality;
import fovea.contract.cohort.Sex;
import fovea.contract.refraction.RefractiveError;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two organisations; one has the API's connection and any SQL it likes. */
class TenancyAttackIT {
  private static final TestDatabase DATABASE = TestDatabase.shared();
  private static final ApiRegistry REGISTRY =
      ApiRegistry.open(DATABASE.api, NameCipher.of("0123456789abcdef0123456789abcdef"), 2);
  private static final Actor VICTIM = admin("victim@clinic.test");
  private static final Actor ATTACKER = admin("attacker@clinic.test");

  @BeforeAll
  static void fill() {
    REGISTRY.inOrganization(
        VICTIM,
        stores -> {
          UUID made =
              stores
                  .patients()
                  .create(new Patients.NewPatient("p-1", "Ada", 36, Sex.FEMALE, null))
                  .id();
          UUID eye = stores.eyes().create(made, Laterality.LEFT).id();
          stores
              .refractions()
              .create(
                  eye,
                  new Refractions.Measurement(
                      new RefractiveError(-2, -1, 90), null, null, null, null));
          stores
              .images()
              .request(
                  eye,
                  new Images.NewImage("image/jpeg", 10, "c".repeat(64), null, null, null),
                  LocalDate.of(2026, 1, 2));
          stores.sessions().create(new Sessions.NewSession("s-1", null, null, null));
          stores.signIns().begin(Duration.ofDays(1), SignIns.Proof.PASSWORD, "agent");
          stores.secondFactors().begin("SECRET");
          stores.serviceTokens().create("training");
          return made;
        });
  }

  @AfterAll
  static void close() {
    REGISTRY.close();
  }

  @Test
  void no_row_of_the_other_is_read_changed_or_deleted() {
    List<String> tables = tables();
    assertThat(tables).contains("users", "patients", "refresh_tokens", "sign_ins");
    for (String table : tables) {
      String where = table + " WHERE organization_id = :theirs";
      assertThat(attack("SELECT count(*) FROM " + where)).as(table).isEqualTo("0");
      assertThat(attack("WITH d AS (DELETE FROM " + where + " RETURNING 1) SELECT count(*) FROM d"))
          .as(table)
          .isIn("0", "42501");
      String set = table + " SET organization_id = :own WHERE organization_id = :theirs";
      assertThat(attack("WITH u AS (UPDATE " + set + " RETURNING 1) SELECT count(*) FROM u"))
          .as(table)
          .isIn("0", "42501");
    }
    assertThat(victims("SELECT count(*) FROM patients WHERE organization_id = ?")).isEqualTo("1");
  }

  @Test
  void nothing_is_written_into_the_other_organisation() {
    for (String sql :
        List.of(
            "INSERT INTO patients (organization_id) VALUES (:theirs) RETURNING 1",
            "INSERT INTO audit_log (organization_id, user_id, operation, table_name,"
                + " operation_status) VALUES (:theirs, gen_random_uuid(), 'x', 'x', 'x') RETURNING"
                + " 1",
            "UPDATE users SET organization_id = :theirs RETURNING 1",
            "UPDATE sessions SET organization_id = :theirs RETURNING 1")) {
      assertThat(attack(sql)).as(sql).isIn("42501", "none");
    }
  }

  @Test
  void a_foreign_id_is_refused_as_an_unknown_one_is() {
    Map<String, String> inserts =
        Map.of(
            "SELECT patient_id FROM eyes WHERE organization_id = ?",
            "eyes (organization_id, patient_id, laterality) VALUES (:own, '%s', 'left')",
            "SELECT eye_id FROM refractive_measurements WHERE organization_id = ?",
            "refractive_measurements (organization_id, eye_id, sphere, cylinder, axis)"
                + " VALUES (:own, '%s', -2, -1, 90)",
            "SELECT id FROM sessions WHERE organization_id = ?",
            "session_files (organization_id, session_id, kind, name, object_key, media_type, bytes)"
                + " VALUES (:own, '%s', 'photo', '1.jpg', 'key', 'image/jpeg', 1)");
    inserts.forEach(
        (foreign, insert) -> {
          String known = "INSERT INTO " + insert.formatted(victims(foreign)) + " RETURNING 1";
          String unknown = "INSERT INTO " + insert.formatted(UUID.randomUUID()) + " RETURNING 1";
          assertThat(attack(known)).as(insert).isEqualTo("23503").isEqualTo(attack(unknown));
        });
  }

  @Test
  void what_the_other_calls_its_own_is_free_here() {
    for (String insert :
        List.of(
            "users (organization_id, email, name) VALUES (:own, 'victim@clinic.test', 'x')",
            "patients (organization_id, external_reference) VALUES (:own, 'p-1')",
            "sessions (organization_id, session_id) VALUES (:own, 's-1')")) {
      assertThat(attack("INSERT INTO " + insert + " RETURNING 1")).as(insert).isEqualTo("1");
    }
  }

  @Test
  void rights_are_not_to_be_had() {
    for (String sql :
        List.of(
            "SET ROLE fovea_jobs",
            "ALTER TABLE patients NO FORCE ROW LEVEL SECURITY",
            "CREATE TABLE mine (id int)",
            "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "TRUNCATE patients",
            "COPY patients TO '/tmp/x'",
            "GRANT fovea_jobs TO CURRENT_USER")) {
      assertThat(attack(sql)).as(sql).isEqualTo("42501");
    }
    // Row-level security switched off is an error, not a way to see more.
    assertThat(attack("SET LOCAL row_security = off; SELECT count(*) FROM patients"))
        .isEqualTo("42501");
  }

  private static List<String> tables() {
    return REGISTRY.within(
        ATTACKER.organization(),
        handle ->
            handle
                .createQuery(
                    """
                    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                    WHERE c.relkind = 'r' AND a.attname = 'organization_id'
                      AND has_table_privilege(c.oid, 'SELECT')
                    """)
                .mapTo(String.class)
                .list());
  }

  /** The first value of the answer, or the SQL state of the refusal; nothing is kept. */
  private static String attack(String sql) {
    String statement =
        sql.replace(":own", "'" + ATTACKER.organization() + "'")
            .replace(":theirs", "'" + VICTIM.organization() + "'");
    try {
      return REGISTRY.within(
          ATTACKER.organization(),
          handle -> {
            handle.savepoint("before");
            String answer = answer(handle, statement);
            handle.rollbackToSavepoint("before");
            return answer;
          });
    } catch (UnableToExecuteStatementException refused) {
      return refused.getCause() instanceof SQLException state ? state.getSQLState() : "?";
    }
  }

  private static String answer(Handle handle, String sql) {
    String last = "";
    for (String part : sql.split("; ", -1)) {
      boolean asks = part.contains("SELECT count") || part.contains("RETURNING 1");
      last =
          asks
              ? handle.createQuery(part).mapTo(String.class).findOne().orElse("none")
              : Integer.toString(handle.execute(part));
    }
    return last;
  }

  private static String victims(String sql) {
    return String.valueOf(TestDatabase.ask(DATABASE.owner, sql, VICTIM.organization()));
  }

  private static Actor admin(String email) {
    return Bootstrap.run(DATABASE.owner, UUID.randomUUID().toString(), email, "password");
  }
}
