package fovea.bias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.SettingValues;
import fovea.runtime.JobReport;
import fovea.runtime.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grades none, mild, severe of 600 rows: men are called one grade too low more often. */
class ClassesTest {
  private static final List<String> NAMES = List.of("none", "mild", "severe");
  private static final Map<String, String> GRADES =
      Map.of("classes", "none,mild,severe", "count-rounding", "1", "replicates", "200");

  @TempDir Path folder;

  @Test
  void every_class_is_looked_at_by_itself_and_with_those_above_it() throws Exception {
    int[][][] men = new int[2][3][3];
    run(rows(men), with(Map.of("prediction", "said")));
    JsonNode sex = report().at("/attributes/sex");
    for (int s = 0; s < 2; s++) {
      String group = s == 0 ? "male" : "female";
      int[][] m = men[s];
      assertThat(sex.at("/quadratic_weighted_kappa/by_group/" + group).asDouble())
          .isCloseTo(kappa(m), within(1e-12));
      double severe = m[2][0] + m[2][1] + m[2][2];
      assertThat(sex.at("/class=2:true_positive_rate/by_group/" + group).asDouble())
          .isCloseTo(m[2][2] / severe, within(1e-12));
      double ill = severe + m[1][0] + m[1][1] + m[1][2];
      assertThat(sex.at("/class>=1:false_negative_rate/by_group/" + group).asDouble())
          .isCloseTo((m[1][0] + m[2][0]) / ill, within(1e-12));
    }
    assertThat(sex.at("/class>=1:false_negative_rate/evidence/holm").asDouble()).isLessThan(0.05);
    assertThat(report().at("/settings/classes").asText()).isEqualTo("none,mild,severe");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("0 = none, 1 = mild, 2 = severe")
        .contains("Quadratic weighted kappa");
  }

  @Test
  void probabilities_say_the_class_where_no_column_does() throws Exception {
    int[][][] counts = new int[2][3][3];
    List<String> rows = rows(counts);
    run(rows, with(Map.of("prediction", "said")));
    JsonNode named = report().at("/attributes");
    run(rows, with(Map.of("probabilities", "p0,p1,p2")));
    assertThat(report().at("/attributes")).isEqualTo(named);
  }

  @Test
  void one_question_of_the_classes_has_scores_and_several_thresholds() throws Exception {
    int[][][] counts = new int[2][3][3];
    Map<String, String> asked =
        Map.of("probabilities", "p0,p1,p2", "positive", "class>=mild", "thresholds", "0.3,0.7");
    run(rows(counts), with(asked));
    JsonNode sex = report().at("/attributes/sex");
    int[][] m = counts[0];
    double ill = 0;
    for (int said = 0; said < 3; said++) {
      ill += m[1][said] + m[2][said];
    }
    assertThat(sex.at("/false_negative_rate/by_group/male").asDouble())
        .isCloseTo((m[1][0] + m[2][0]) / ill, within(1e-12));
    // The class said has 0.8, so ill has 0.9 or 0.2: both thresholds tell them apart.
    assertThat(sex.at("/false_negative_rate@0.3/by_group/male").asDouble())
        .isCloseTo((m[1][0] + m[2][0]) / ill, within(1e-12));
    assertThat(sex.at("/true_positive_rate@0.7/by_group/male").isNumber()).isTrue();
    assertThat(sex.at("/auc/by_group/male").asDouble()).isBetween(0.6, 1.0);
  }

  @Test
  void rows_of_no_class_are_turned_away_with_their_reason() throws Exception {
    List<String> rows = rows(new int[2][3][3]);
    rows.add("moderate,none,0.8,0.1,0.1,male");
    rows.add("none,,0.8,0.1,0.1,male");
    rows.add("none,none,0.8,0.8,0.1,male");
    JobReport job = run(rows, with(Map.of("prediction", "said", "probabilities", "p0,p1,p2")));
    assertThat(job.rejected())
        .isEqualTo(Map.of("unknown-label", 1L, "missing-prediction", 1L, "bad-probabilities", 1L));
  }

  @Test
  void mistakes_of_the_caller_say_what_to_do() throws Exception {
    mistake("bad-setting", Map.of());
    mistake("bad-setting", Map.of("prediction", "said", "score", "p2"));
    mistake("bad-setting", Map.of("probabilities", "p0,p1"));
    mistake("bad-setting", Map.of("probabilities", "p0,p1,p2", "positive", "class>=none"));
    mistake("bad-setting", Map.of("probabilities", "p0,p1,p2", "positive", "severe"));
    mistake("bad-setting", Map.of("prediction", "said", "mitigate", "reweighing"));
    mistake("bad-setting", Map.of("prediction", "said", "classes", "none,none,mild"));
    mistake("bad-setting", Map.of("probabilities", "p0,p1,p2", "classes", ""));
    mistake("missing-column", Map.of("probabilities", "p0,p1,p9"));
    mistake("unknown-classes", Map.of("prediction", "said", "classes", "none,mild,grave"));
  }

  private void mistake(String code, Map<String, String> changed) throws Exception {
    List<String> rows = rows(new int[2][3][3]);
    assertThatThrownBy(() -> run(rows, with(changed)))
        .isInstanceOfSatisfying(
            CallerMistake.class, mistake -> assertThat(mistake.code()).isEqualTo(code));
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> flags = new HashMap<>(GRADES);
    flags.putAll(more);
    return flags;
  }

  private JobReport run(List<String> rows, Map<String, String> changed) throws Exception {
    Path csv = folder.resolve("grades.csv");
    Files.writeString(csv, "grade,said,p0,p1,p2,sex\n" + String.join("\n", rows) + "\n");
    Map<String, String> flags = new HashMap<>(changed);
    flags.putAll(
        Map.of(
            "predictions",
            csv.toString(),
            "label",
            "grade",
            "groups",
            "sex",
            "out",
            folder.resolve("out").toString()));
    return StandaloneBias.run(SettingValues.of(flags), Progress.silent());
  }

  private JsonNode report() throws Exception {
    return new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
  }

  /** Fills in, by sex, grade and what was said, how many there are. */
  private static List<String> rows(int[][][] counts) {
    SplittableRandom random = new SplittableRandom(4);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int sex = i % 2;
      int grade = i % 3;
      boolean low = random.nextDouble() < (sex == 0 ? 0.4 : 0.1);
      int said = low ? Math.max(0, grade - 1) : grade;
      counts[sex][grade][said]++;
      String shares = said == 0 ? "0.8,0.1,0.1" : said == 1 ? "0.1,0.8,0.1" : "0.1,0.1,0.8";
      rows.add(
          NAMES.get(grade)
              + ","
              + NAMES.get(said)
              + ","
              + shares
              + (sex == 0 ? ",male" : ",female"));
    }
    return rows;
  }

  // Cohen 1968, by its definition: one less the mean squared distance over that of chance.
  private static double kappa(int[][] m) {
    double rows = 0;
    double seen = 0;
    double chance = 0;
    for (int[] line : m) {
      for (int cell : line) {
        rows += cell;
      }
    }
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        seen += (i - j) * (i - j) * m[i][j] / rows;
        double of = (m[i][0] + m[i][1] + m[i][2]) / rows;
        double to = (m[0][j] + m[1][j] + m[2][j]) / rows;
        chance += (i - j) * (i - j) * of * to;
      }
    }
    return 1 - seen / chance;
  }
}
