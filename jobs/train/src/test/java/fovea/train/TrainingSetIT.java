package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fovea.runtime.SparkSessions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrainingSetIT {
  private static SparkSession spark;
  private static Dataset<Row> labelled;

  @BeforeAll
  static void open() {
    spark = SparkSessions.local();
    labelled =
        spark.sql(
            "SELECT concat('i', id) image_id, concat('p', id DIV 2) patient_id,"
                + " concat('h', id) capture_sha256, int((id DIV 2) % 5 = 0) label,"
                + " CASE WHEN (id DIV 2) % 5 > 0 THEN int((id DIV 2) % 7 = 0)"
                + " WHEN (id DIV 2) % 50 = 0 THEN 4 ELSE 2 + int((id DIV 2) % 3 = 0) END grade"
                + " FROM range(2000)");
  }

  private static Map<Integer, Long> patientsByGrade(Dataset<Row> patients) {
    return patients.groupBy("highest").count().collectAsList().stream()
        .collect(Collectors.toMap(r -> r.getInt(0), r -> r.getLong(1)));
  }

  @AfterAll
  static void close() throws Exception {
    spark.close();
  }

  @Test
  void no_patient_is_in_two_parts_and_labels_keep_their_proportion() {
    Dataset<Row> split = TrainingSet.split(labelled, 0.15, 1);
    assertThat(TrainingSet.leaks(split)).isZero();
    assertThat(split.count()).isEqualTo(2000);
    Map<String, Row> parts =
        split
            .groupBy("part")
            .agg(Map.of("label", "avg", "image_id", "count"))
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(r -> r.getAs("part"), r -> r));
    assertThat(parts.get("test").<Long>getAs("count(image_id)")).isEqualTo(300);
    assertThat(parts.get("validation").<Long>getAs("count(image_id)")).isEqualTo(300);
    parts
        .values()
        .forEach(r -> assertThat(r.<Double>getAs("avg(label)")).isEqualTo(0.2, within(1e-9)));
  }

  @Test
  void every_grade_has_its_share_of_every_part() {
    Dataset<Row> patients =
        TrainingSet.split(labelled, 0.15, 1)
            .groupBy("patient_id", "part")
            .agg(org.apache.spark.sql.functions.max("grade").as("highest"));
    Map<Integer, Long> all = patientsByGrade(patients);
    assertThat(all.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    for (String part : List.of("test", "validation")) {
      Map<Integer, Long> some = patientsByGrade(patients.where(col("part").equalTo(part)));
      all.forEach(
          (grade, count) ->
              assertThat((double) some.get(grade))
                  .as("grade %d in %s", grade, part)
                  .isEqualTo(0.15 * count, within(1.5)));
    }
  }

  @Test
  void the_fewest_patients_that_will_do_give_every_part_one_of_each_kind() {
    Dataset<Row> six =
        labelled.where("patient_id IN ('p0', 'p5', 'p10', 'p1', 'p2', 'p3') AND image_id <> 'i1'");
    Dataset<Row> split = TrainingSet.split(six, 0.15, 4);
    assertThat(split.groupBy("part", "label").agg(Map.of("image_id", "count")).count())
        .isEqualTo(6);
    Dataset<Row> alone = TrainingSet.split(labelled.where("patient_id = 'p0'"), 0.15, 4);
    assertThat(alone.select("part").distinct().collectAsList()).hasSize(1);
  }

  @Test
  void the_leak_check_fires_where_a_patient_is_in_two_parts() {
    Dataset<Row> split = TrainingSet.split(labelled, 0.15, 1);
    Dataset<Row> moved =
        split
            .where(col("part").equalTo("test"))
            .limit(1)
            .withColumn("part", lit("train"))
            .select(
                split.columns()[0], split.columns()[1], "capture_sha256", "label", "grade", "part");
    assertThat(TrainingSet.leaks(split.unionByName(moved))).isEqualTo(1);
  }

  @Test
  void the_seed_decides_the_split() {
    Dataset<Row> one = TrainingSet.split(labelled, 0.15, 1).select("image_id", "part");
    assertThat(one.except(TrainingSet.split(labelled, 0.15, 1).select("image_id", "part")).count())
        .isZero();
    assertThat(one.except(TrainingSet.split(labelled, 0.15, 2).select("image_id", "part")).count())
        .isGreaterThan(500);
  }

  @Test
  void the_fingerprint_ignores_the_order_and_sees_every_grade() {
    String fingerprint = TrainingSet.fingerprint(labelled);
    assertThat(TrainingSet.fingerprint(labelled.orderBy(col("image_id").desc()).repartition(7)))
        .isEqualTo(fingerprint);
    Dataset<Row> changed =
        labelled.withColumn(
            "grade",
            org.apache
                .spark
                .sql
                .functions
                .when(col("image_id").equalTo("i3"), 1)
                .otherwise(col("grade")));
    assertThat(TrainingSet.fingerprint(changed)).isNotEqualTo(fingerprint);
  }

  @Test
  void one_content_counts_once_and_grades_from_two_are_referable() {
    Dataset<Row> usable =
        spark.sql(
            "SELECT * FROM VALUES ('a', 'p', 'same'), ('b', 'q', 'same'), ('c', 'q', NULL),"
                + " ('d', 'r', NULL) AS t(image_id, patient_id, capture_sha256)");
    Dataset<Row> grades =
        spark.sql(
            "SELECT *, 'given' consent, false left_out"
                + " FROM VALUES ('a', 1), ('b', 1), ('c', 2), ('d', 4) t(image_id, grade)");
    Map<String, Integer> found =
        TrainingSet.labelled(usable, grades).collectAsList().stream()
            .collect(Collectors.toMap(r -> r.getAs("image_id"), r -> r.<Integer>getAs("label")));
    assertThat(found).isEqualTo(Map.of("a", 0, "c", 1, "d", 1));
  }

  @Test
  void who_gave_no_consent_is_left_out_and_a_copy_under_another_name_does_not_bring_it_back() {
    Dataset<Row> usable =
        spark.sql(
            "SELECT * FROM VALUES ('a', 'p', 'same'), ('b', 'q', 'same'), ('c', 'p', NULL),"
                + " ('d', 'q', NULL), ('e', 'r', NULL), ('f', NULL, NULL)"
                + " AS t(image_id, patient_id, capture_sha256)");
    Dataset<Row> grades =
        spark.sql(
            "SELECT *, 1 grade, consent = 'withdrawn' left_out FROM VALUES ('a', 'given'),"
                + " ('b', 'withdrawn'), ('c', 'given'), ('d', 'withdrawn'), ('e', 'unrecorded'),"
                + " ('f', 'given') t(image_id, consent)");
    Dataset<Row> labelled = TrainingSet.labelled(usable, grades);
    assertThat(Consent.of(labelled)).isEqualTo(new Consent(1, 2, 1));
    assertThat(Consent.allowed(labelled).collectAsList())
        .extracting(r -> r.<String>getAs("image_id"))
        .containsExactlyInAnyOrder("c", "e");
    assertThat(Consent.of(labelled).inWords())
        .isEqualTo("1 patient left out: no consent; of 1 it is not recorded");
  }
}
