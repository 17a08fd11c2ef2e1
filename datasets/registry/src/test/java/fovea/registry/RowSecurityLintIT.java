package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSecurityLintIT {
  private static final TestDatabase DATABASE = TestDatabase.shared();

  @Test
  void the_migrated_catalogue_has_no_way_round_row_level_security() throws SQLException {
    assertThat(findingsAfter("SELECT 1")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CREATE TABLE planted (id int)|table without forced row-level security: planted",
        "ALTER TABLE eyes NO FORCE ROW LEVEL SECURITY|table without forced row-level security:"
            + " eyes",
        "CREATE POLICY planted ON eyes TO fovea_api USING (true)"
            + "|policy that asks nothing: planted on eyes",
        "CREATE POLICY planted ON eyes FOR INSERT TO fovea_api WITH CHECK (organization_id IS NOT"
            + " NULL)|policy that asks nothing: planted on eyes",
        "CREATE POLICY planted ON eyes USING (session_user = current_user)"
            + "|policy for everybody: planted on eyes",
        "CREATE POLICY planted ON eyes TO fovea_api USING (session_user = current_user OR 1 = 1)"
            + "|policy with a way out: planted on eyes",
        "CREATE VIEW planted AS SELECT * FROM patients|view with its owner's eyes: planted",
        "CREATE MATERIALIZED VIEW planted AS SELECT * FROM patients"
            + "|view with its owner's eyes: planted",
        "CREATE FUNCTION planted() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path ="
            + " public AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION planted() TO fovea_api|definer"
            + " function that others may call: planted",
        "CREATE FUNCTION planted() RETURNS int LANGUAGE sql AS 'SELECT 1'"
            + "|function with a mutable search_path: planted",
        "GRANT TRUNCATE ON eyes TO fovea_jobs|right that passes row-level security: TRUNCATE on"
            + " eyes",
        "GRANT SELECT ON eyes TO PUBLIC|right for everybody: SELECT on eyes",
        "CREATE UNIQUE INDEX planted ON recovery_codes (code_hash)|unique across organisations:"
            + " planted",
        "ALTER TABLE eyes ADD CONSTRAINT planted FOREIGN KEY (patient_id) REFERENCES patients (id)"
            + "|key into another organisation: planted"
      })
  void a_planted_pitfall_is_found(String sql, String finding) throws SQLException {
    assertThat(findingsAfter(sql)).contains(finding);
  }

  private static List<String> findingsAfter(String sql) throws SQLException {
    RegistrySettings owner = DATABASE.owner;
    try (Connection connection =
            DriverManager.getConnection(owner.url(), owner.user(), owner.password());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      List<String> findings = RowSecurityLint.findings(connection);
      connection.rollback();
      return findings;
    }
  }
}
