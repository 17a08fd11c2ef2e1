package fovea.train.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.errors.CallerMistake;
import fovea.contract.model.GateCheck;
import fovea.contract.settings.SettingValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final JsonNode METRICS =
      json("{'auc':0.93,'sensitivity':0.9,'specificity':0.85,'sub':{'kappa':0.7}}");
  private static final JsonNode DATASET = json("{'parts':{'test':{'images':120,'referable':30}}}");

  @Test
  void figures_within_all_limits_pass() {
    List<GateCheck> checks = checks(METRICS, DATASET, audit(0.05), Map.of());
    assertThat(checks).allMatch(GateCheck::passed);
    assertThat(checks)
        .extracting(GateCheck::name)
        .containsExactly(
            "auc",
            "sensitivity",
            "specificity",
            "test images",
            "gap in true_positive_rate by age_band",
            "gap in true_positive_rate by sex",
            "gap in false_positive_rate by age_band",
            "gap in false_positive_rate by sex",
            "gap in auc by age_band",
            "gap in auc by sex");
  }

  @Test
  void without_an_audit_every_gap_fails_and_says_what_to_run() {
    List<GateCheck> checks = checks(METRICS, DATASET, Optional.empty(), Map.of());
    assertThat(failed(checks)).hasSize(6).allMatch(c -> c.name().startsWith("gap in "));
    assertThat(failed(checks))
        .allMatch(c -> c.reason().equals("no bias audit of this run: run predict and bias"));
  }

  @Test
  void no_audit_fails_even_where_no_group_is_asked_for() {
    assertThat(failed(checks(METRICS, DATASET, Optional.empty(), Map.of("gap-groups", ""))))
        .extracting(GateCheck::name)
        .containsExactly("gap in true_positive_rate", "gap in false_positive_rate", "gap in auc");
  }

  @Test
  void a_missing_metric_and_one_that_is_no_number_fail_even_at_a_floor_of_zero() {
    Map<String, String> lax =
        Map.of("min-auc", "0", "min-sensitivity", "0", "min-specificity", "0");
    // Jackson writes NaN as text.
    JsonNode broken = json("{'auc':'NaN','sensitivity':null}");
    List<GateCheck> failed = failed(checks(broken, json("{}"), audit(0.05), lax));
    assertThat(failed)
        .extracting(GateCheck::name)
        .containsExactly("auc", "sensitivity", "specificity", "test images");
    assertThat(failed).allMatch(c -> c.value() == null);
  }

  @Test
  void a_gap_above_its_ceiling_fails_alone() {
    List<Finding> findings = new ArrayList<>(audit(0.05).orElseThrow().findings());
    findings.add(difference("camera", Words.AUC, 0.2, ""));
    List<GateCheck> failed = failed(checks(METRICS, DATASET, audit(findings), Map.of()));
    assertThat(failed)
        .singleElement()
        .satisfies(c -> assertThat(c.name()).isEqualTo("gap in auc by camera"))
        .satisfies(c -> assertThat(c.reason()).isEqualTo("above the limit"));
  }

  @Test
  void a_gap_that_was_withheld_fails_where_asked_for_and_is_left_alone_elsewhere() {
    List<Finding> findings = new ArrayList<>();
    for (String metric : List.of(Words.TPR, Words.FPR, Words.AUC)) {
      findings.add(difference("sex", metric, null, "fewer than two groups to compare"));
      findings.add(difference("age_band", metric, Double.NaN, ""));
      findings.add(difference("camera", metric, null, "too few"));
    }
    List<GateCheck> failed = failed(checks(METRICS, DATASET, audit(findings), Map.of()));
    assertThat(failed).hasSize(6).noneMatch(c -> c.name().endsWith("camera"));
    assertThat(failed).extracting(GateCheck::reason).contains("fewer than two groups to compare");
  }

  @Test
  void an_attribute_that_the_audit_left_out_fails() {
    List<Finding> findings =
        audit(0.05).orElseThrow().findings().stream()
            .filter(f -> !f.attribute().equals("sex"))
            .toList();
    assertThat(failed(checks(METRICS, DATASET, audit(findings), Map.of())))
        .hasSize(3)
        .allMatch(c -> c.reason().equals("the audit did not compare by sex"));
  }

  @Test
  void any_metric_of_the_run_may_have_a_floor_nested_ones_too() {
    Map<String, String> floors = Map.of("min-metrics", "sub.kappa=0.6,sub.none=0.1");
    assertThat(failed(checks(METRICS, DATASET, audit(0.05), floors)))
        .extracting(GateCheck::name)
        .containsExactly("sub.none");
  }

  @Test
  void a_floor_that_is_none_is_the_callers_mistake() {
    for (String wrong : List.of("kappa", "=0.5", "kappa=NaN", "kappa=much")) {
      assertThatExceptionOfType(CallerMistake.class)
          .isThrownBy(() -> settings(Map.of("min-metrics", wrong)))
          .withMessageContaining("--min-metrics needs NAME=NUMBER, cannot be: " + wrong);
    }
  }

  static Optional<Audit> audit(double gap) {
    List<Finding> findings = new ArrayList<>();
    for (String attribute : List.of("age_band", "sex")) {
      for (String metric : List.of(Words.TPR, Words.FPR, Words.AUC)) {
        findings.add(difference(attribute, metric, gap, ""));
      }
    }
    return audit(findings);
  }

  static Optional<Audit> audit(List<Finding> findings) {
    return Optional.of(new Audit(UUID.randomUUID(), Instant.EPOCH, findings));
  }

  static Finding difference(String attribute, String metric, @Nullable Double value, String note) {
    return new Finding(attribute, "difference", metric, value, null, null, note);
  }

  private static List<GateCheck> checks(
      JsonNode metrics, JsonNode dataset, Optional<Audit> audit, Map<String, String> flags) {
    return Gate.checks(metrics, dataset, audit, settings(flags));
  }

  private static GateSettings settings(Map<String, String> flags) {
    return GateSettings.of(SettingValues.of(flags));
  }

  private static List<GateCheck> failed(List<GateCheck> checks) {
    return checks.stream().filter(c -> !c.passed()).toList();
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
