package fovea.train.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fovea.contract.model.GateCheck;
import fovea.contract.model.ModelState;
import fovea.registry.ModelGate;
import fovea.registry.ModelStep;
import fovea.registry.TrainedModel;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ModelCardTest {
  private static final UUID RUN = new UUID(1, 2);
  private static final String SHA = "c".repeat(64);
  private static final JsonNode METRICS =
      GateTest.json(
          "{'auc':0.9312,'aucInterval':[0.9,0.96],'truePositives':3,'patients':9,'sub':{'x':0.9}}");
  private static final JsonNode DATASET =
      GateTest.json(
          "{'deltaVersion':7,'parametersVersion':'p1','parts':{'test':{'images':4}},'members':'k'}");
  private static final List<PartCount> PARTS =
      List.of(new PartCount("train", 80, 40), new PartCount("test", 18, 9));
  private static final List<OtherSource> OTHERS =
      List.of(
          new OtherSource("clinic-b", 60, 30, GateTest.json("{'auc':0.8123,'truePositives':2}")),
          new OtherSource("clinic-c", 8, 4, GateTest.json("{'auc':0.7456}")));
  private static final List<Finding> FINDINGS =
      List.of(
          GateTest.difference("sex", Words.TPR, 0.07, ""),
          new Finding("sex", "female", Words.TPR, 0.91, 0.85, 0.95, ""),
          new Finding("sex", "male", Words.TPR, 0.84, null, null, ""),
          new Finding("sex", "unknown", Words.TPR, 0.2, null, null, ""),
          new Finding("sex", "p_holm", Words.TPR, 0.2, null, null, ""),
          GateTest.difference("sex", Words.AUC, null, "fewer than two groups to compare"));

  @Test
  void the_page_needs_nothing_else_and_names_what_a_reader_asks_for() {
    String page = CardPage.of(card(Optional.of(gate("")), GateTest.audit(FINDINGS)));
    assertThat(page)
        .contains("Intended use", "Not a medical device", "Limits", SHA, "0.931", "p1", "gated")
        .contains(
            "referable diabetic retinopathy",
            "Gate",
            "<td>0.900, 0.960</td>",
            "sub.x",
            "deltaVersion")
        .doesNotContain("<script", "src=", "href=", "truePositives");
  }

  @Test
  void text_of_people_stays_text() {
    String page =
        CardPage.of(card(Optional.of(gate("<b onclick='x'>\"hi\" & so")), Optional.empty()));
    assertThat(page)
        .contains("&lt;b onclick=&#39;x&#39;&gt;&quot;hi&quot; &amp; so")
        .doesNotContain("<b onclick");
  }

  @Test
  void parts_of_too_few_patients_are_withheld_and_not_told_by_a_sum() throws IOException {
    ModelCard card = card(Optional.empty(), Optional.empty());
    JsonNode json = new ObjectMapper().readTree(CardJson.of(card));
    assertThat(json.at("/parts/0").toString())
        .isEqualTo("{\"part\":\"train\",\"images\":80,\"patients\":40}");
    assertThat(json.at("/parts/1/images").isNull()).isTrue();
    assertThat(json.at("/parts/1/patients").isNull()).isTrue();
    assertThat(json.at("/data/parts").isMissingNode()).isTrue();
    assertThat(CardPage.of(card)).contains("fewer than 10").doesNotContain(">18<", ">9<", ">98<");
    assertThat(card.limits()).anyMatch(l -> l.startsWith("A part has fewer than 10 patients"));
  }

  @Test
  void findings_are_sentences_with_both_ends_of_the_gap() {
    List<String> findings = card(Optional.empty(), GateTest.audit(FINDINGS)).findings();
    assertThat(findings.get(0))
        .isEqualTo(
            "By sex, sensitivity is highest where it is female (91%, 95% interval 85% to 95%) and"
                + " lowest where it is male (84%): a gap of 7.0 points. Chance may explain it at"
                + " this number of patients (p = 0.200, adjusted).");
    assertThat(findings.get(1))
        .isEqualTo("By sex, the rate of false alarms was not compared: not looked for.");
    assertThat(findings.get(2))
        .isEqualTo("By sex, AUC was not compared: fewer than two groups to compare.");
    assertThat(card(Optional.empty(), Optional.empty()).findings())
        .singleElement()
        .asString()
        .contains("Nobody has looked");
  }

  @Test
  void other_sources_are_shown_where_they_have_enough_patients() throws IOException {
    ModelCard card = card(Optional.empty(), Optional.empty());
    JsonNode json = new ObjectMapper().readTree(CardJson.of(card));
    assertThat(json.at("/others/0/metrics").toString()).isEqualTo("{\"auc\":0.8123}");
    assertThat(json.at("/others/1/metrics").isNull()).isTrue();
    assertThat(json.at("/others/1/patients").isNull()).isTrue();
    assertThat(CardPage.of(card)).contains("clinic-b", "0.812", "clinic-c").doesNotContain("0.746");
  }

  @Test
  void what_the_gate_did_not_know_is_a_limit() {
    assertThat(card(Optional.of(gate("")), Optional.empty()).limits())
        .contains("Unknown: sensitivity (there is no such number).");
  }

  @Test
  void programs_read_numbers_and_verdicts() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(CardJson.of(card(Optional.of(gate("")), GateTest.audit(FINDINGS))));
    assertThat(json.at("/metrics/auc").doubleValue()).isEqualTo(0.9312);
    assertThat(json.at("/metrics/truePositives").isMissingNode()).isTrue();
    assertThat(json.at("/gate/passed").booleanValue()).isFalse();
    assertThat(json.at("/gate/checks/1/value").isNull()).isTrue();
    assertThat(json.path("sha256").asText()).isEqualTo(SHA);
    assertThat(json.at("/steps/0/to").asText()).isEqualTo("candidate");
  }

  private static ModelCard card(Optional<ModelGate> gate, Optional<Audit> audit) {
    JsonNode header =
        GateTest.json("{'meaning':'referable diabetic retinopathy','sha256':'" + SHA + "'}");
    TrainedModel model =
        new TrainedModel(RUN, "cnn", ModelState.GATED, "{}", "{}", "networks/x", Instant.EPOCH);
    List<ModelStep> steps =
        List.of(
            new ModelStep(
                Optional.empty(), ModelState.CANDIDATE, "train", "trained", Instant.EPOCH));
    return new ModelCard(
        model, header, METRICS, DATASET, PARTS, audit, gate, steps, OTHERS, 10, Instant.EPOCH);
  }

  private static ModelGate gate(String by) {
    return new ModelGate(
        5,
        false,
        SHA,
        Optional.empty(),
        by,
        Instant.EPOCH,
        List.of(
            GateCheck.of("auc", 0.93, GateCheck.Bound.AT_LEAST, 0.85, ""),
            GateCheck.of("sensitivity", null, GateCheck.Bound.AT_LEAST, 0.85, "")));
  }
}
