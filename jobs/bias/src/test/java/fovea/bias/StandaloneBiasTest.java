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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneBiasTest {
  @TempDir Path folder;

  @Test
  void an_injected_gap_is_found_with_its_size_and_sign() throws Exception {
    JobReport job = run(cohort(), Map.of("count-rounding", "1"));
    JsonNode misses = report().at("/attributes/sex/false_negative_rate");
    assertThat(misses.at("/by_group/male").asDouble()).isEqualTo(0.4);
    assertThat(misses.at("/by_group/female").asDouble()).isEqualTo(0.1);
    assertThat(misses.at("/difference").asDouble()).isEqualTo(0.4 - 0.1);
    assertThat(misses.at("/intervals/difference/0").asDouble()).isPositive();
    assertThat(job.notes().get("finding"))
        .startsWith("Where sex is male, the model misses 40% (95% interval 33–47%) of positives")
        .endsWith("where it is female, 10% (95% interval 6.6–15%): a gap of 30 points.");
  }

  @Test
  void no_gap_is_called_clear_where_none_was_injected() throws Exception {
    run(cohort(), Map.of());
    for (JsonNode finding : report().get("findings")) {
      if (finding.get("attribute").asText().equals("eye")) {
        assertThat(finding.get("clear").asBoolean()).as(finding.toString()).isFalse();
      }
    }
    assertThat(report().at("/attributes/eye/true_positive_rate/difference").asDouble())
        .isLessThan(0.05);
  }

  @Test
  void the_order_of_rows_changes_no_byte_of_the_report() throws Exception {
    List<String> rows = cohort();
    run(rows, Map.of());
    byte[] json = Files.readAllBytes(folder.resolve("out/report.json"));
    byte[] html = Files.readAllBytes(folder.resolve("out/report.html"));
    Collections.shuffle(rows, new Random(3));
    run(rows, Map.of());
    assertThat(folder.resolve("out/report.json")).hasBinaryContent(json);
    assertThat(folder.resolve("out/report.html")).hasBinaryContent(html);
  }

  @Test
  void gaps_have_p_values_and_figures_against_all_rows() throws Exception {
    run(cohort(), Map.of("thresholds", "0.3", "replicates", "200"));
    JsonNode misses = report().at("/attributes/sex/false_negative_rate");
    assertThat(misses.at("/evidence/holm").asDouble()).isLessThan(0.05);
    assertThat(misses.at("/evidence/p").asDouble()).isPositive();
    assertThat(misses.at("/difference_to_overall").asDouble()).isCloseTo(0.15, within(1e-12));
    assertThat(misses.at("/intervals/ratio/1").asDouble()).isLessThan(1);
    JsonNode eye = report().at("/attributes/eye/false_negative_rate");
    assertThat(eye.at("/evidence/holm").asDouble()).isGreaterThan(0.05);
    JsonNode lower = report().at("/attributes/sex/true_positive_rate@0.3");
    assertThat(lower.at("/by_group/male").asDouble()).isBetween(0.6, 0.7);
    assertThat(report().at("/attributes/sex/auc/intervals/by_group/male").size()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("Adjusted p-value")
        .contains("at score 0.3");
  }

  @Test
  void rows_of_few_patients_are_too_few() throws Exception {
    run(cohort(), Map.of("patient", "age"));
    assertThat(report().at("/attributes/sex/accuracy/by_group/male").asText()).isEqualTo("too few");
    assertThat(report().at("/findings").size()).isZero();
  }

  @Test
  void reliability_curves_are_drawn_and_their_numbers_written() throws Exception {
    run(cohort(), Map.of("curve-bins", "quantiles"));
    JsonNode men = report().at("/calibration/sex/by_group/male");
    assertThat(men.size()).isBetween(5, 10);
    long rows = 0;
    for (JsonNode bin : men) {
      assertThat(bin.at("/share").asDouble()).isBetween(0.0, 1.0);
      assertThat(bin.at("/interval").size()).isEqualTo(2);
      rows += bin.at("/rows").asLong();
    }
    // Each of the bins is rounded, to a multiple of 5.
    assertThat(rows % 5).isZero();
    assertThat(rows).isBetween(370L, 430L);
    assertThat(report().at("/attributes/sex/calibration_slope/by_group/male").isNumber()).isTrue();
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("Reliability curve of male")
        .contains("Calibration slope (1 is right)");
    mistake("bad-setting", cohort(), Map.of("curve-bins", "deciles"));
  }

  @Test
  void weights_for_training_are_written_as_a_table_and_in_the_report() throws Exception {
    List<String> rows = cohort();
    for (int i = 0; i < 100; i++) {
      rows.add("1,1,0.9,male,left,44");
    }
    JobReport job = run(rows, Map.of("mitigate", "reweighing"));
    // 300 of 500 men, 200 of 400 women: 5/9 x 5/9 over 3/9, and so on.
    JsonNode sex = report().at("/mitigation/reweighing/sex");
    assertThat(sex.at("/label_rate_difference/before").asDouble()).isCloseTo(0.1, within(1e-12));
    assertThat(sex.at("/label_rate_difference/after").asDouble()).isCloseTo(0, within(1e-12));
    assertThat(sex.at("/weights/3/weight").asDouble()).isCloseTo(25 / 27.0, within(1e-12));
    List<String> csv = Files.readAllLines(folder.resolve("out/weights.csv"));
    assertThat(csv).hasSize(9).contains("attribute,group,label,weight");
    assertThat(csv.get(4)).startsWith("\"sex\",\"male\",1,0.9259");
    assertThat(job.notes().get("mitigation")).contains("differs by 10.0 points");
  }

  @Test
  void thresholds_by_group_are_shown_before_and_after_with_their_price() throws Exception {
    JobReport job = run(cohort(), Map.of("mitigate", "thresholds", "replicates", "200"));
    JsonNode sex = report().at("/mitigation/thresholds/sex");
    assertThat(sex.at("/criterion").asText()).isEqualTo("equal-opportunity");
    assertThat(sex.at("/before/fairness/equal_opportunity_difference").asDouble())
        .isBetween(0.2, 0.4);
    assertThat(sex.at("/after/fairness/equal_opportunity_difference").asDouble()).isLessThan(0.15);
    assertThat(sex.at("/rules/male/low").asDouble())
        .isLessThan(sex.at("/rules/female/low").asDouble());
    assertThat(sex.at("/price/accuracy/interval").size()).isEqualTo(2);
    assertThat(sex.at("/after/metrics/precision/by_group/male").isNumber()).isTrue();
    assertThat(job.notes().get("mitigation")).contains("the gap in sensitivity is");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("What could be done")
        .contains("with chance");
    mistake("bad-setting", cohort(), Map.of("mitigate", "thresholds", "score", ""));
    mistake("bad-setting", cohort(), Map.of("mitigate", "quotas"));
  }

  @Test
  void pairs_of_attributes_are_compared_and_a_small_pair_does_not_follow_from_the_totals()
      throws Exception {
    List<String> rows = cohort();
    rows.add("1,0,0.2,male,both,44");
    for (int i = 0; i < 20; i++) {
      rows.add("1,1,0.9,female,both,44");
    }
    run(rows, Map.of("intersections", "2"));
    JsonNode pairs = report().at("/attributes/sex+eye");
    assertThat(pairs.at("/count/by_group/male, both").asText()).isEqualTo("<10");
    // Without these the one man would be all men less the others, and all of "both" less the women.
    assertThat(pairs.at("/count/by_group/female, both").asText()).isEqualTo("withheld");
    assertThat(pairs.at("/count/by_group/male, left").asText()).isEqualTo("withheld");
    assertThat(pairs.at("/count/by_group/female, left").asText()).isEqualTo("withheld");
    assertThat(pairs.at("/true_positive_rate/by_group/male, left").asText()).isEqualTo("withheld");
    assertThat(pairs.at("/true_positive_rate/by_group/male, right").asDouble()).isEqualTo(0.6);
    assertThat(report().at("/attributes/sex/count/by_group/male").asLong()).isIn(400L, 405L);
    run(cohort(), Map.of());
    assertThat(report().at("/attributes").has("sex+eye")).isFalse();
  }

  @Test
  void ages_are_compared_by_band() throws Exception {
    run(cohort(), Map.of("groups", "age"));
    assertThat(report().at("/attributes/age/count/by_group").fieldNames())
        .toIterable()
        .containsExactly("40-49", "90+");
  }

  @Test
  void small_groups_are_too_few_and_their_rows_less_than_the_smallest_cell() throws Exception {
    List<String> rows = cohort();
    rows.add("1,0,0.2,other,left,44");
    run(rows, Map.of());
    JsonNode sex = report().at("/attributes/sex");
    assertThat(sex.at("/count/by_group/other").asText()).isEqualTo("<10");
    assertThat(sex.at("/accuracy/by_group/other").asText()).isEqualTo("too few");
    assertThat(sex.at("/accuracy/notes/difference").asText()).isEqualTo("without other (too few)");
    assertThat(sex.at("/accuracy/counts/by_group").has("other")).isFalse();
  }

  @Test
  void bad_rows_are_reported_with_line_and_reason_and_the_rest_is_used() throws Exception {
    List<String> rows = cohort();
    rows.add(0, ",1,0.5,male,left,44");
    rows.add(1, "maybe,1,0.5,male,left,44");
    rows.add(2, "1,1,1.5,male,left,44");
    rows.add(3, "1,1,0.5,\"male,left,44");
    rows.add(4, "1,1");
    rows.add(5, "1,1,0.5,,right,old");
    JobReport job = run(rows, Map.of("groups", "sex,age"));
    assertThat(job.rejected())
        .isEqualTo(
            Map.of(
                "missing-label", 1L,
                "bad-label", 1L,
                "bad-score", 1L,
                "unclosed-quote", 1L,
                "wrong-column-count", 1L));
    assertThat(job.rowsOut()).isEqualTo(rows.size() - 5);
    assertThat(report().at("/rows/rejected_rows/3/line").asLong()).isEqualTo(5);
    assertThat(Files.readAllLines(folder.resolve("out/rejected.csv")))
        .hasSize(6)
        .contains("5,unclosed-quote,\"a quote is opened and never closed\"");
    assertThat(report().at("/attributes/age/count/by_group/unknown").asText()).isEqualTo("<10");
  }

  @Test
  void markup_in_names_stays_text() throws Exception {
    List<String> rows = cohort();
    for (int i = 0; i < 20; i++) {
      rows.add("1,1,0.9,<script>alert(1)</script>,left,44");
    }
    run(rows, Map.of());
    String html = Files.readString(folder.resolve("out/report.html"));
    assertThat(html).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(html).doesNotContain("http:").doesNotContain("https:").doesNotContain("src=");
  }

  @Test
  void mistakes_of_the_caller_say_what_to_do() throws Exception {
    mistake("missing-column", cohort(), Map.of("label", "grade"));
    mistake("missing-column", cohort(), Map.of("groups", "sex,postcode"));
    mistake("bad-setting", cohort(), Map.of("groups", ""));
    mistake("bad-setting", cohort(), Map.of("thresholds", "0.5,2"));
    mistake("missing-column", cohort(), Map.of("patient", "mrn"));
    mistake("empty-file", List.of(), Map.of());
    mistake("no-usable-rows", List.of("?,1,0.5,male,left,44"), Map.of());
    mistake("non-binary-column", cohort(), Map.of("label", "age"));
    mistake("non-binary-column", cohort(), Map.of("prediction", "score"));
    mistake("missing-file", cohort(), Map.of("predictions", folder + "/nowhere.csv"));
    List<String> identifiers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      identifiers.add("1,1,0.5,patient" + i + ",left,44");
    }
    mistake("too-many-groups", identifiers, Map.of());
  }

  private void mistake(String code, List<String> rows, Map<String, String> changed) {
    assertThatThrownBy(() -> run(rows, changed))
        .isInstanceOfSatisfying(
            CallerMistake.class, mistake -> assertThat(mistake.code()).isEqualTo(code));
  }

  private JobReport run(List<String> rows, Map<String, String> changed) throws Exception {
    Path csv = folder.resolve("predictions.csv");
    Files.writeString(csv, "label,predicted,score,sex,eye,age\n" + String.join("\n", rows) + "\n");
    Map<String, String> flags =
        new HashMap<>(
            Map.of(
                "predictions", csv.toString(),
                "label", "label",
                "prediction", "predicted",
                "score", "score",
                "groups", "sex,eye",
                "out", folder.resolve("out").toString()));
    flags.putAll(changed);
    return StandaloneBias.run(SettingValues.of(flags), Progress.silent());
  }

  private JsonNode report() throws Exception {
    return new ObjectMapper().readTree(folder.resolve("out/report.json").toFile());
  }

  // 200 positives and 200 negatives a sex; the model misses 40% of men and 10% of women, raises
  // a false alarm in 15% of both; eyes take turns.
  private static List<String> cohort() {
    List<String> rows = new ArrayList<>();
    for (String sex : List.of("male", "female")) {
      int missed = sex.equals("male") ? 80 : 20;
      for (int i = 0; i < 200; i++) {
        rows.add(row(1, i < missed ? 0 : 1, sex, i));
        rows.add(row(0, i < 30 ? 1 : 0, sex, i));
      }
    }
    return rows;
  }

  private static String row(int label, int prediction, String sex, int i) {
    double score = 0.5 * prediction + 0.001 * (i % 400);
    String eye = i % 2 == 0 ? "left" : "right";
    return String.join(
        ",",
        Integer.toString(label),
        Integer.toString(prediction),
        Double.toString(score),
        sex,
        eye,
        i % 2 == 0 ? "44" : "92");
  }
}
