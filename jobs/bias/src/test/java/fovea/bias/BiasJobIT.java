package fovea.bias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.capture.ObjectKey;
import fovea.contract.settings.SettingValues;
import fovea.lake.BiasFindings;
import fovea.lake.FundusImages;
import fovea.lake.Lake;
import fovea.lake.Predictions;
import fovea.objects.ObjectStoreSettings;
import fovea.runtime.JobContext;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** 240 patients with one accepted photograph each; men are missed four times as often as women. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BiasJobIT {
  private static TestPlatform platform;
  private static SparkSession spark;
  private static Lake lake;
  private static List<Row> found = List.of();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    platform = new TestPlatform();
    platform.sql(COHORT);
    spark = SparkSessions.local();
    lake = new Lake(spark, folder.toUri() + "lake").createTables();
    FundusImages.in(lake).merge(spark.sql(IMAGES));
  }

  @AfterAll
  static void stop() throws Exception {
    spark.close();
    platform.close();
  }

  @Test
  @Order(1)
  void data_without_predictions_are_compared_and_unknown_values_are_a_group() throws SQLException {
    JobReport report = run();
    assertThat(platform.count("bias_reports")).isEqualTo(1);
    assertThat(report.rowsIn()).isEqualTo(240);
    assertThat(report.rowsOut()).isPositive();
    assertThat(value("data", "sex", "male", "label_rate")).isEqualTo(0.5);
    assertThat(value("data", "sex", "difference", "label_rate")).isEqualTo(0.0);
    assertThat(value("data", "sex", "unknown", "count")).isEqualTo(40.0);
    assertThat(value("data", "age_band", "unknown", "count")).isEqualTo(40.0);
    assertThat(value("data", "sex", "male", "quality_grade=good")).isEqualTo(1.0);
    assertThat(value("data", "sex", "unknown", "quality_grade_missing_rate")).isEqualTo(1.0);
    assertThat(one("data", "camera", "Rare", "label_rate").getAs("note").toString())
        .isEqualTo("too few");
  }

  @Test
  @Order(2)
  void a_second_run_adds_nothing_although_tables_have_newer_versions() {
    FundusImages.in(lake).merge(spark.sql(IMAGES));
    int before = found.size();
    assertThat(run().rowsOut()).isZero();
    assertThat(found).hasSize(before);
  }

  @Test
  @Order(3)
  void the_gap_in_predictions_is_found_and_written_as_rows_and_report() throws Exception {
    Predictions.in(lake).merge(spark.sql(PREDICTIONS));
    JobReport report = run();
    assertThat(report.rowsOut()).isPositive();
    assertThat(value("model", "sex", "male", "false_negative_rate")).isEqualTo(0.8);
    assertThat(value("model", "sex", "female", "false_negative_rate")).isEqualTo(0.2);
    assertThat(value("model", "sex", "overall", "equal_opportunity_difference"))
        .isEqualTo(0.8 - 0.2);
    assertThat(value("model", "sex", "overall", "auc")).isEqualTo(0.75);
    assertThat(report.notes().get("finding")).startsWith("Where sex is male, the model misses 80%");
    JsonNode json = new ObjectMapper().readTree(object(report));
    assertThat(json.at("/subjects/0/attributes/sex/false_negative_rate/by_group/male").asDouble())
        .isEqualTo(0.8);
    assertThat(json.at("/subjects/1/subject").asText()).isEqualTo("data");
    assertThat(run().rowsOut()).isZero();
  }

  @Test
  @Order(4)
  void a_changed_patient_makes_new_findings() throws Exception {
    platform.sql("UPDATE patients SET gender = 'other' WHERE external_reference = 'p1'");
    assertThat(run().rowsOut()).isPositive();
  }

  @Test
  @Order(5)
  void what_was_tried_against_gaps_is_written_as_rows_and_weights_as_a_table() {
    assertThat(run(Map.of("mitigate", "thresholds")).rowsOut()).isPositive();
    assertThat(value("mitigation", "sex", "difference", "before:true_positive_rate"))
        .isBetween(0.4, 0.8);
    assertThat(value("mitigation", "sex", "difference", "after:true_positive_rate"))
        .isLessThan(0.35);
    assertThat(one("mitigation", "sex", "overall", "change:accuracy").isNullAt(7)).isFalse();
    assertThat(value("mitigation", "sex", "male", "threshold:low")).isEqualTo(0.0);
    JobReport weighed = run(Map.of("mitigate", "reweighing", "count-rounding", "1"));
    // 49 and 50 men, 50 and 50 women: one man was changed before.
    assertThat(value("mitigation", "sex", "male", "weight:label=1"))
        .isCloseTo(99 * 100 / (199.0 * 50), within(1e-12));
    String key = weighed.notes().get("report").replace("report.html", "weights.csv");
    assertThat(platform.objects.read(new ObjectKey(key), 1 << 20).map(String::new).orElseThrow())
        .contains("\"sex\",\"male\",0,1.005");
  }

  @Test
  @Order(6)
  void who_withdraws_research_is_not_looked_at_and_the_report_says_so() throws Exception {
    platform.sql(
        """
        INSERT INTO consent_decisions (organization_id, patient_id, purpose, decision)
        SELECT organization_id, id, 'research', 'withdrawn' FROM patients
        WHERE external_reference IN ('p10', 'p12', 'p210')
        """);
    JobReport report = run(Map.of("count-rounding", "1"));
    assertThat(report.rowsIn()).isEqualTo(237);
    Row unknown =
        found.stream()
            .filter(
                r -> r.getAs("subject").equals("data") && r.getAs("group_name").equals("unknown"))
            .filter(r -> r.getAs("attribute").equals("sex") && r.getAs("metric").equals("count"))
            .reduce((before, after) -> after)
            .orElseThrow();
    assertThat(unknown.<Double>getAs("value")).isEqualTo(39.0);
    assertThat(new String(object(report), StandardCharsets.UTF_8))
        .contains("Fewer than 10 patients were left out: no consent to research.");
    platform.sql(
        """
        INSERT INTO consent_decisions (organization_id, patient_id, purpose, decision)
        SELECT organization_id, id, 'research', 'given' FROM patients
        WHERE external_reference LIKE 'p1%'
        """);
    assertThat(run(Map.of("unrecorded-consent", "refused")).rowsIn()).isEqualTo(111);
  }

  private static byte[] object(JobReport report) {
    String key = report.notes().get("report").replace("html", "json");
    return platform.objects.read(new ObjectKey(key), 1 << 20).orElseThrow();
  }

  private static double value(String subject, String attribute, String group, String metric) {
    return one(subject, attribute, group, metric).getAs("value");
  }

  private static Row one(String subject, String attribute, String group, String metric) {
    return found.stream()
        .filter(r -> r.getAs("subject").equals(subject) && r.getAs("attribute").equals(attribute))
        .filter(r -> r.getAs("group_name").equals(group) && r.getAs("metric").equals(metric))
        .findFirst()
        .orElseThrow();
  }

  private static JobReport run() {
    return run(Map.of());
  }

  private static JobReport run(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("groups", "sex,age_band,camera");
    JobReport report =
        new BiasJob()
            .run(
                new JobContext(
                    UUID.randomUUID(),
                    spark,
                    lake,
                    platform.objects,
                    ObjectStoreSettings.local(Path.of(".")),
                    platform.registry(),
                    SettingValues.of(settings),
                    Progress.silent()));
    found = BiasFindings.in(lake).rows().orderBy("found_at").collectAsList();
    return report;
  }

  // Patients 1-100 men, 101-200 women, 201-240 without sex and age; every second eye referable.
  private static final String COHORT =
      """
      INSERT INTO organizations (id, name) VALUES ('00000000-0000-0000-0000-00000000000a', 'org');
      INSERT INTO patients (id, organization_id, external_reference, age, gender, ethnicity)
      SELECT md5('p' || n)::uuid, '00000000-0000-0000-0000-00000000000a', 'p' || n,
             CASE WHEN n <= 200 THEN 30 + n % 60 END,
             CASE WHEN n <= 100 THEN 'male' WHEN n <= 200 THEN 'female' END,
             CASE WHEN n % 3 = 0 THEN 'X' ELSE 'Y' END
      FROM generate_series(1, 240) n;
      INSERT INTO eyes (id, organization_id, patient_id, laterality)
      SELECT md5('e' || n)::uuid, '00000000-0000-0000-0000-00000000000a', md5('p' || n)::uuid,
             CASE WHEN n % 4 < 2 THEN 'left' ELSE 'right' END
      FROM generate_series(1, 240) n;
      INSERT INTO fundus_images
        (id, organization_id, eye_id, object_key, media_type, bytes, status, camera, dr_grade)
      SELECT md5('i' || n)::uuid, '00000000-0000-0000-0000-00000000000a', md5('e' || n)::uuid,
             'k' || n, 'image/png', 1, 'accepted',
             CASE WHEN n <= 3 THEN 'Rare' ELSE 'Common' END, CASE WHEN n % 2 = 0 THEN 2 ELSE 0 END
      FROM generate_series(1, 240) n;
      INSERT INTO fundus_images
        (organization_id, eye_id, object_key, media_type, bytes, status, dr_grade)
      VALUES ('00000000-0000-0000-0000-00000000000a', md5('e1')::uuid, 'bad', 'image/png', 1,
              'quarantined', 4);
      """;

  private static final String UUID_OF =
      "regexp_replace(md5('i' || id), " + "'^(.{8})(.{4})(.{4})(.{4})(.{12})$', '$1-$2-$3-$4-$5')";

  private static final String IMAGES =
      "SELECT "
          + UUID_OF
          + " image_id, 'org' organization_id, '1' parameters_version, 'processed' status,"
          + " 'good' quality_grade, timestamp'2026-01-01' processed_at, 'r' run"
          + " FROM range(1, 201)";

  // Men's referable eyes: 8 of 10 missed; women's: 2 of 10; no false alarms.
  private static final String PREDICTIONS =
      "SELECT 't' training_run, "
          + UUID_OF
          + " image_id, 'org' organization_id, 'test' split, cast(1 - id % 2 as int) label, "
          + " cast(if(id % 2 = 0 and if(id <= 100, id % 20 < 4, id % 20 < 16), 1, 0) as int)"
          + " prediction,"
          + " if(id % 2 = 0 and if(id <= 100, id % 20 < 4, id % 20 < 16), 0.9D, 0.1D) score,"
          + " timestamp'2026-01-02' predicted_at, 'r' run FROM range(1, 201)";
}
