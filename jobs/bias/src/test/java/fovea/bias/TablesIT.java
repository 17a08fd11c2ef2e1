package fovea.bias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.bias.inference.Cohort;
import fovea.bias.metrics.Crossing;
import fovea.bias.metrics.GroupCounts;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import fovea.runtime.SparkSessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that Spark reads: the same rows say the same, whatever they are kept in. */
class TablesIT {
  private static final StructType ROWS =
      StructType.fromDDL(
          "patient_id STRING, true_label INT, prediction INT, score DOUBLE, sex STRING,"
              + " age_band STRING, camera STRING, pixels BINARY, tags ARRAY<STRING>");
  private static final List<Crossing> PAIRS = Crossing.pairs(List.of("sex", "age_band", "camera"));

  private static SparkSession spark;
  private static List<Row> rows = List.of();
  @TempDir static Path folder;

  @BeforeAll
  static void start() {
    spark = SparkSessions.local();
    rows = rows();
    table().coalesce(1).write().parquet(folder.resolve("table").toUri().toString());
    table().write().format("delta").save(folder.resolve("delta").toUri().toString());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void parquet_and_delta_say_what_the_same_rows_say_as_csv() throws Exception {
    Path csv = folder.resolve("table.csv");
    StringBuilder text = new StringBuilder("patient_id,true_label,prediction,score,sex,camera\n");
    for (Row row : rows) {
      text.append(row.get(0)).append(',').append(row.get(1)).append(',').append(row.get(2));
      text.append(',').append(row.isNullAt(3) ? "" : row.get(3)).append(',').append(row.get(4));
      text.append(",\"").append(row.get(6)).append("\"\n");
    }
    Files.writeString(csv, text);
    JobReport fromCsv = run(csv, Map.of());
    JsonNode wanted = report();
    assertThat(wanted.at("/attributes/sex/auc/by_group/male").isNumber()).isTrue();
    Path file;
    try (var files = Files.list(folder.resolve("table"))) {
      file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    for (Path path : List.of(folder.resolve("table"), folder.resolve("delta"), file)) {
      JobReport job = run(path, Map.of());
      assertThat(report().at("/attributes").equals(wanted.at("/attributes")))
          .as("%s", path)
          .isTrue();
      assertThat(job.rejected()).isEqualTo(fromCsv.rejected()).containsEntry("missing-score", 10L);
    }
  }

  @Test
  void mistakes_of_the_caller_say_what_to_do() throws Exception {
    Path parquet = folder.resolve("table");
    mistake("missing-column", parquet, Map.of("label", "truth"));
    mistake("wrong-type", parquet, Map.of("score", "sex"));
    mistake("wrong-type", parquet, Map.of("label", "pixels"));
    mistake("wrong-type", parquet, Map.of("groups", "tags"));
    mistake("non-binary-column", parquet, Map.of("label", "score"));
    mistake("not-a-table", Files.createDirectories(folder.resolve("empty")), Map.of());
    Path broken = folder.resolve("broken.parquet");
    Files.writeString(broken, "PAR1 and nothing else");
    mistake("bad-file", broken, Map.of());
    mistake("missing-file", folder.resolve("nowhere"), Map.of());
  }

  @Test
  void pairs_of_attributes_are_counted_as_a_plain_loop_counts_them() {
    Dataset<Row> crossed = Aggregation.crossed(table(), PAIRS);
    List<String> names = PAIRS.stream().map(Crossing::attribute).toList();
    Map<String, Map<String, GroupCounts>> counts = Aggregation.outcomes(crossed, names);
    Map<String, Cohort> cohorts = Aggregation.cohorts(crossed, counts, List.of(0.5));
    Map<String, Map<String, long[]>> plain = new TreeMap<>();
    Map<String, Map<String, Set<String>>> people = new TreeMap<>();
    for (Row row : rows) {
      for (Crossing pair : PAIRS) {
        String group = group(row, pair);
        plain.computeIfAbsent(pair.attribute(), a -> new TreeMap<>())
            .computeIfAbsent(group, g -> new long[4])[2 * row.getInt(1) + row.getInt(2)]++;
        people
            .computeIfAbsent(pair.attribute(), a -> new TreeMap<>())
            .computeIfAbsent(group, g -> new TreeSet<>())
            .add(row.getString(0));
      }
    }
    assertThat(counts.keySet()).isEqualTo(new java.util.LinkedHashSet<>(names));
    plain.forEach(
        (attribute, groups) -> {
          assertThat(counts.get(attribute).keySet())
              .containsExactlyInAnyOrderElementsOf(groups.keySet());
          groups.forEach(
              (group, cells) -> {
                GroupCounts found = counts.get(attribute).get(group);
                for (int i = 0; i < cells.length; i++) {
                  assertThat(found.matrix().rows(i / 2, i % 2))
                      .as(attribute + " " + group)
                      .isEqualTo(cells[i]);
                }
                assertThat(found.people()).isEqualTo(people.get(attribute).get(group).size());
              });
          Set<String> all = new TreeSet<>();
          people.get(attribute).values().forEach(all::addAll);
          assertThat(cohorts.get(attribute).patients()).isEqualTo(all.size());
          assertThat(java.util.Arrays.stream(cohorts.get(attribute).observed()).sum())
              .isEqualTo(rows.size());
        });
  }

  // By hand, not by Crossing: unknown where either is, the comma of a first name made plain.
  private static String group(Row row, Crossing pair) {
    List<String> columns = List.of("sex", "age_band", "camera");
    String first = row.getString(4 + columns.indexOf(pair.first()));
    String second = row.getString(4 + columns.indexOf(pair.second()));
    return first.equals("unknown") || second.equals("unknown")
        ? "unknown"
        : first.replace(", ", ",") + ", " + second;
  }

  private static void mistake(String code, Path file, Map<String, String> changed) {
    assertThatThrownBy(() -> run(file, changed))
        .isInstanceOfSatisfying(
            CallerMistake.class, mistake -> assertThat(mistake.code()).isEqualTo(code));
  }

  private static JobReport run(Path file, Map<String, String> changed) {
    Map<String, String> flags = new HashMap<>();
    flags.put("predictions", file.toString());
    flags.put("label", "true_label");
    flags.put("prediction", "prediction");
    flags.put("score", "score");
    flags.put("patient", "patient_id");
    flags.put("groups", "sex,camera");
    flags.put("replicates", "100");
    flags.put("out", folder.resolve("out").toString());
    flags.putAll(changed);
    return StandaloneBias.run(SettingValues.of(flags), Progress.silent());
  }

  private static JsonNode report() throws Exception {
    return new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
  }

  private static Dataset<Row> table() {
    return spark.createDataFrame(rows, ROWS);
  }

  private static List<Row> rows() {
    SplittableRandom random = new SplittableRandom(9);
    List<String> sexes = List.of("female", "male", "unknown");
    List<String> bands = List.of("40-49", "50-59", "60-69", "unknown");
    List<String> cameras = List.of("A", "B, wide", "unknown");
    List<Row> made = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      int patient = i / 2;
      int label = random.nextInt(2);
      double score = Math.round(100 * (0.6 * random.nextDouble() + 0.4 * label)) / 100.0;
      made.add(
          RowFactory.create(
              "p" + patient,
              label,
              score >= 0.5 ? 1 : 0,
              i < 10 ? null : (Double) score,
              sexes.get(patient % 7 % 3),
              bands.get(patient % 11 % 4),
              cameras.get(random.nextInt(3)),
              new byte[] {1},
              List.of("x")));
    }
    return made;
  }
}
